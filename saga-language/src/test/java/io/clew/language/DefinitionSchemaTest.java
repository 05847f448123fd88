package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JSON Schema that editors complete definitions by knows the keys that are read, no others. */
class DefinitionSchemaTest {

    private static final Map<String, List<String>> KEYS =
            Map.ofEntries(
                    Map.entry("", Grammar.SAGA),
                    Map.entry("/$defs/trigger", Grammar.TRIGGER),
                    Map.entry("/$defs/result", Grammar.RESULT),
                    Map.entry("/$defs/step", Grammar.STEP),
                    Map.entry("/$defs/action", Grammar.ACTION),
                    Map.entry("/$defs/compensation", Grammar.COMPENSATION),
                    Map.entry("/$defs/retry", Grammar.RETRY),
                    Map.entry("/$defs/await", Grammar.AWAIT),
                    Map.entry("/$defs/await/properties/onFailure", Grammar.AWAIT_CODES),
                    Map.entry("/$defs/awaitCompensation", Grammar.AWAIT_COMPENSATION),
                    Map.entry("/$defs/child", Grammar.CHILD),
                    Map.entry("/$defs/start", Grammar.START),
                    Map.entry("/$defs/delay", Grammar.DELAY),
                    Map.entry("/$defs/savepoint", Grammar.SAVEPOINT),
                    Map.entry("/$defs/choice", Grammar.CHOICE),
                    Map.entry("/$defs/arm", Grammar.ARM),
                    Map.entry("/$defs/else", Grammar.ELSE),
                    Map.entry("/$defs/parallel", Grammar.PARALLEL),
                    Map.entry("/$defs/branch", Grammar.BRANCH),
                    Map.entry("/$defs/forEach", Grammar.FOR_EACH),
                    Map.entry("/$defs/loop", Grammar.LOOP));

    @Test
    void shouldKnowTheKeysThatAreRead() throws Exception {
        // given
        JsonNode schema =
                new ObjectMapper()
                        .readTree(
                                Fixtures.resource("/io/clew/language/saga-definition.schema.json"));

        // when / then
        KEYS.forEach(
                (pointer, keys) -> {
                    List<String> known = new ArrayList<>();
                    schema.at(pointer + "/properties").fieldNames().forEachRemaining(known::add);
                    assertThat(known)
                            .describedAs(pointer)
                            .containsExactlyInAnyOrderElementsOf(keys);
                });
    }
}
