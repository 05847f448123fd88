package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hardly a definition at all: never an exception, always one clear fault. */
class SourceTest {

    private final Fixtures registry = Fixtures.ofOrders();

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n ", "# nothing\n", "---\n", "null", "- a", "text", "42"})
    void shouldRefuseWhatIsNoTable(String source) {
        // when
        List<Fault> faults = registry.refused(source);

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message()).startsWith("Expected ");
    }

    @Test
    void shouldPlaceAJsonSyntaxError() {
        // when
        List<Fault> faults = registry.refused("{\n  \"saga\": \"a\",\n  \"version\": }\n");

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).line()).isEqualTo(3);
        assertThat(faults.get(0).message()).startsWith("Expected JSON but");
    }

    @Test
    void shouldPlaceFaultsOfJson() {
        // when
        List<Fault> faults =
                registry.refused(
                        """
                        {
                          "saga": "a",
                          "version": 1.5,
                          "version": 2,
                          "steps": []
                        }
                        """);

        // then
        assertThat(faults)
                .extracting(fault -> fault.line() + ":" + fault.column() + " " + fault.path())
                .containsExactly("1:1 startedBy", "3:14 version", "4:3 version", "5:12 steps");
    }

    @Test
    void shouldRefuseASecondDocument() {
        // when
        List<Fault> faults = registry.refused(Fixtures.orderSaga() + "---\nsaga: b\n");

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message()).contains("expected a single document");
    }

    @Test
    void shouldRefuseAliasesThatExplode() {
        // given
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (before + ", ").repeat(8) + before));
        }

        // when
        List<Fault> faults = registry.refused(bomb.toString());

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message()).contains("exceeds the specified max");
    }

    @Test
    void shouldRefuseAnAliasOfItself() {
        assertThat(registry.refused("saga: &a [ *a ]\n")).hasSize(1);
    }

    @Test
    void shouldRefuseWhatIsTooDeepOrTooLong() {
        assertThat(registry.refused("saga: " + "[".repeat(5_000) + "]".repeat(5_000))).hasSize(1);
        assertThat(registry.refused("{\"saga\":" + "[".repeat(5_000))).hasSize(1);
        assertThat(registry.refused("# " + "x".repeat(300_000))).hasSize(1);
    }

    @Test
    void shouldAllowAliasesThatDoNot() {
        // given
        String source =
                Fixtures.orderSaga()
                        .replace("key: event.orderId", "key: &id event.orderId")
                        .replace("orderId: event.orderId, customerId", "orderId: *id, customerId");

        // when / then
        assertThat(registry.accepted(source).definition().ref())
                .isEqualTo(registry.accepted(Fixtures.orderSaga()).definition().ref());
    }

    @Test
    void shouldThrowNothingForAnyText() {
        long seed = Long.getLong("seed", 3);
        Random random = new Random(seed);
        String good = Fixtures.orderSaga();
        String signs = "{}[]:,-&*!|>'\"%@`#?.\n\t aZ0\u0000\u00e9\ud83d";
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                char sign = signs.charAt(random.nextInt(signs.length()));
                text.setCharAt(random.nextInt(text.length()), sign);
            }
            Compilation compilation = registry.compile(text.toString());
            assertThat(compilation).describedAs("seed %d, round %d", seed, i).isNotNull();
        }
    }
}
