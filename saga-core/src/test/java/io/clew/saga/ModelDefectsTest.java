package io.clew.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaModel;
import io.clew.saga.testkit.Scope;
import io.clew.saga.testkit.SimulationSetup;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What small sagas, explored to the end, find of the defects that the simulation finds. */
class ModelDefectsTest {
    private static final int MOST_STATES = 200_000;

    /** What a small saga cannot show, and why. */
    private static final Map<String, String> OUT_OF_REACH =
            Map.of(
                    "forgetsParkedCommands", "every topic is there",
                    "decidesByItsOwnSight", "every topic is there",
                    "looksPausesUp", "no input is kept, so each is decided at its place",
                    "forgetsTheQueueOrder", "no input is kept",
                    "queuesInterventions", "no input is kept",
                    "refusesWhatHasNoDefinition", "every owner has seen the definition",
                    "OWN_SIGHT_UNFENCED", "no expression fails",
                    "checksNoOffsets", "offsets are set back by one record only",
                    "actsHalfWritten", "by chance, and chance is not explored",
                    "forgetsItsResult", "no saga is a child");

    static Stream<Arguments> defects() {
        return all().entrySet().stream()
                .filter(it -> !OUT_OF_REACH.containsKey(it.getKey()))
                .map(it -> Arguments.of(it.getKey(), it.getValue()));
    }

    private static Map<String, SimulationSetup> all() {
        Map<String, SimulationSetup> all = new LinkedHashMap<>();
        DefectiveNodes.all().forEach((name, node) -> all.put(name, SimulationSetup.of(node)));
        for (Defect defect : Defect.values()) {
            all.put(defect.name(), SimulationSetup.with(defect));
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void shouldFindADefect(String name, SimulationSetup setup) {
        assertThat(found(setup).orElse("nothing found"))
                .as("what the small sagas say of %s", name)
                .matches("(?s)([SL]\\d|3) .* broken.*");
    }

    @Test
    void shouldFindThirtyAtLeast() {
        assertThat(all().keySet()).containsAll(OUT_OF_REACH.keySet());
        assertThat(defects()).hasSizeGreaterThanOrEqualTo(30);
    }

    private static Optional<String> found(SimulationSetup setup) {
        for (Scope scope : SmallSagas.all().values()) {
            SagaModel.Findings findings = new SagaModel(setup, scope, MOST_STATES).explore();
            if (findings.failure().isPresent()) {
                return Optional.of(findings.promise());
            }
        }
        return Optional.empty();
    }
}
