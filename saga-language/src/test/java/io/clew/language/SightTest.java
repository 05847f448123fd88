package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Mapping;
import io.clew.saga.MappingScope;
import io.clew.saga.SagaDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What an expression sees at each place of a definition: a value, or a fault that says why not. */
class SightTest {

    private static final String VALUE = ": \"";

    private final Warehouse warehouse = new Warehouse();
    private final Fixtures registry = warehouse.registry;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(
            resources = "/sights.csv",
            delimiter = '|',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = true)
    void shouldSee(String place, String expression, String expected) {
        // given
        String source = Fixtures.resource("/sights.yaml");
        String wanted = expected.startsWith("!") ? "" : expected;
        String written =
                place.equals("match")
                        ? source.replace(
                                "received.shelf == 'match'", expression + " == '" + wanted + "'")
                        : source.replace("\"'" + place + "'\"", "\"" + expression + "\"");
        assertThat(written).isNotEqualTo(source);

        // when / then
        if (expected.startsWith("!")) {
            assertThat(registry.refused(written).toString()).contains(expected.substring(1));
        } else {
            assertThat(seen(registry.accepted(written).definition(), place, expected))
                    .isEqualTo(expected);
        }
    }

    private String seen(SagaDefinition saga, String place, String expected) {
        Bytes reserved = warehouse.stockReserved("a", "r-1");
        MappingScope scope =
                Fixtures.scope(
                        registry.orderPlaced(),
                        Map.of(
                                "first", reserved,
                                "atTimes", reserved,
                                "inArm", reserved,
                                "onTheLeft", reserved,
                                "perLine", reserved,
                                "arrival", warehouse.pickedUp("o-1", "z-9", List.of()),
                                "patience", warehouse.approved("ada")));
        if (place.equals("match")) {
            Await await = saga.awaits().get(0);
            Bytes event = warehouse.pickedUp("o-1", "z-9", List.of());
            boolean matches = await.match().orElseThrow().of(Fixtures.received(scope, event));
            return matches ? expected : "no match";
        }
        if (place.equals("undo arrival")) {
            scope = Fixtures.received(scope, warehouse.pickedUp("o-1", "z-9", List.of()));
        }
        String text = warehouse.shown(mapping(saga, place).render(looped(scope, place)));
        return text.substring(text.indexOf(VALUE) + VALUE.length(), text.length() - "\"}".length());
    }

    private static MappingScope looped(MappingScope scope, String place) {
        return place.endsWith("perNumber") ? Fixtures.at(scope, 1, 0) : scope;
    }

    private static Mapping mapping(SagaDefinition saga, String place) {
        if (place.equals("undo arrival")) {
            return saga.awaits().get(0).compensation().orElseThrow().mapping();
        }
        if (place.equals("result")) {
            return saga.result().orElseThrow().mapping();
        }
        String undo = "undo ";
        return place.startsWith(undo)
                ? saga.step(place.substring(undo.length())).compensation().orElseThrow().mapping()
                : saga.step(place).action().mapping();
    }
}
