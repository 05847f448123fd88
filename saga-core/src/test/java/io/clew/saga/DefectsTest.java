package io.clew.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulatedNode;
import io.clew.saga.testkit.SimulationSetup;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation is worth as much as the defects it finds. */
class DefectsTest {
    private static final int WORLDS = 20_000;

    static Stream<Arguments> nodes() {
        return DefectiveNodes.all().entrySet().stream()
                .map(it -> Arguments.of(it.getKey(), it.getValue()));
    }

    @Test
    void shouldKnowThirtyAtLeast() {
        assertThat(nodes()).hasSizeGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nodes")
    void shouldFindADefectOfTheNode(String name, SimulatedNode.Factory node) {
        found(name, SimulationSetup.of(node));
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindADefectAroundTheNode(Defect defect) {
        found(defect.name(), SimulationSetup.with(defect));
    }

    @Test
    void shouldFindByTheRowsAloneWhatNothingHangsOn() {
        assertThat(promise(SimulationSetup.of(RuleDefects::notesWhereItRuns)))
                .contains("S8 replay gives the same rows broken");
    }

    @Test
    void shouldFindAResultThatIsForgotten() {
        assertThat(promise(SimulationSetup.of(PortDefects::forgetsItsResult)))
                .contains("S1 a child gives one result broken");
    }

    private static void found(String name, SimulationSetup setup) {
        assertThat(promise(setup))
                .as("what the simulation says of %s", name)
                .matches("(?s)([SL]\\d|3) .* broken.*");
    }

    private static String promise(SimulationSetup setup) {
        SagaSimulation simulation = new SagaSimulation(setup);
        Optional<SagaSimulation.Failure> failure = Optional.empty();
        for (long seed = 1; seed <= WORLDS && failure.isEmpty(); seed++) {
            failure = simulation.run(seed);
        }
        return failure.map(SagaSimulation.Failure::promise).orElse("nothing found");
    }
}
