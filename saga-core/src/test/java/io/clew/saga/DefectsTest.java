package io.clew.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulatedNode;
import io.clew.saga.testkit.SimulationSetup;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation is worth as much as the defects it finds. */
class DefectsTest {
    private static final List<Found> FOUND = new ArrayList<>();

    /**
     * How many times the budget it may take to find what needs a topic that goes missing and an
     * owner who ends between that sight and its commit.
     */
    private static final int SELDOM = 15;

    /** How long it took to find a defect. */
    private record Found(String name, double seconds, long worlds) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-40s%7.2f s%6d worlds", name, seconds, worlds);
        }
    }

    @AfterAll
    static void tellHowLongItTook() {
        FOUND.sort(Comparator.comparingDouble(Found::seconds).reversed());
        System.out.printf("Defects found, in %d s each:%n", Stopwatch.BUDGET);
        FOUND.forEach(System.out::println);
    }

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
        found(name, SimulationSetup.of(node), Stopwatch.BUDGET);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindADefectAroundTheNode(Defect defect) {
        boolean seldom = defect == Defect.OWN_SIGHT_UNFENCED;
        long budget = (seldom ? SELDOM : 1) * Stopwatch.BUDGET;
        found(defect.name(), SimulationSetup.with(defect), budget);
    }

    @Test
    void shouldFindByTheRowsAloneWhatNothingHangsOn() {
        assertThat(promise(simulation(RuleDefects::notesWhereItRuns), Stopwatch.BUDGET))
                .contains("S8 replay gives the same rows broken");
    }

    @Test
    void shouldFindAResultThatIsForgotten() {
        assertThat(promise(simulation(PortDefects::forgetsItsResult), Stopwatch.BUDGET))
                .contains("S1 a child gives one result broken");
    }

    private static SagaSimulation simulation(SimulatedNode.Factory node) {
        return new SagaSimulation(SimulationSetup.of(node));
    }

    private static void found(String name, SimulationSetup setup, long seconds) {
        SagaSimulation simulation = new SagaSimulation(setup);
        Stopwatch watch = new Stopwatch();
        assertThat(promise(simulation, seconds))
                .as("what the simulation says of %s", name)
                .matches("(?s)([SL]\\d|3) .* broken.*");
        FOUND.add(new Found(name, watch.processorSeconds(), simulation.worlds()));
    }

    /**
     * The budget is processor time, so that a machine which does other things finds no less. The
     * seeds are always the same: what is found does not hang on chance.
     */
    private static String promise(SagaSimulation simulation, long seconds) {
        Stopwatch watch = new Stopwatch();
        Optional<SagaSimulation.Failure> failure = Optional.empty();
        while (failure.isEmpty() && watch.processorSeconds() < seconds) {
            failure = simulation.run(simulation.worlds() + 1);
        }
        return failure.map(SagaSimulation.Failure::promise).orElse("nothing found");
    }
}
