package io.clew.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulatedNode;
import io.clew.saga.testkit.SimulationSetup;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation is worth as much as the defects it finds. */
class DefectsTest {
    private static final int WORLDS = 20_000;

    static Stream<Arguments> nodes() {
        return Stream.of(
                node("compensatesSuccessOnly", Defects::compensatesSuccessOnly),
                node("readsTheClock", Defects::readsTheClock),
                node("jittersByChance", Defects::jittersByChance),
                node("makesBytesAtSending", Defects::makesBytesAtSending),
                node("compensatesInForwardOrder", Defects::compensatesInForwardOrder),
                node("acceptsRepliesOfOtherRuns", Defects::acceptsRepliesOfOtherRuns),
                node("startsTwice", Defects::startsTwice),
                node("cancelsPastThePointOfNoReturn", Defects::cancelsPastThePointOfNoReturn),
                node("forgetsParkedCommands", Defects::forgetsParkedCommands),
                node("looksPausesUp", PauseDefects::looksPausesUp),
                node("sendsWhilePaused", PauseDefects::sendsWhilePaused),
                node("decidesByItsOwnSight", PauseDefects::decidesByItsOwnSight),
                node("neverGoesOnAfterAPause", PauseDefects::neverGoesOnAfterAPause),
                node("checksNoOffsets", Defects::checksNoOffsets),
                node("forgetsTheQueueOrder", Defects::forgetsTheQueueOrder),
                node("queuesInterventions", Defects::queuesInterventions),
                node("refusesWhatHasNoDefinition", PortDefects::refusesWhatHasNoDefinition),
                node("actsHalfWritten", PortDefects::actsHalfWritten));
    }

    private static Arguments node(String name, SimulatedNode.Factory factory) {
        return Arguments.of(name, factory);
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

    private static void found(String name, SimulationSetup setup) {
        SagaSimulation simulation = new SagaSimulation(setup);
        Optional<SagaSimulation.Failure> failure = Optional.empty();
        for (long seed = 1; seed <= WORLDS && failure.isEmpty(); seed++) {
            failure = simulation.run(seed);
        }
        assertThat(failure.map(SagaSimulation.Failure::promise).orElse("nothing found"))
                .as("what the simulation says of %s", name)
                .matches("(?s)([SL]\\d|3) .* broken.*");
    }
}
