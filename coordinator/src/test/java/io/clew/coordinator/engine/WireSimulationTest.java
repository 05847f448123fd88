package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.Transition;
import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulatedWire.WireCommand;
import io.clew.saga.testkit.SimulationSetup;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/**
 * The simulation of saga-core over the records and rows of production. {@code -Dseed=N} runs one
 * world and prints its trace if it fails; {@code -Dseconds=N} simulates for longer.
 */
class WireSimulationTest {
    /** Seeds that once broke a promise. */
    private static final List<Long> KNOWN = List.of(7_001_554L);

    private static final int WORLDS = 1000;

    @Test
    void shouldKeepEveryPromiseOverTheWire() {
        SagaSimulation simulation =
                simulation(UnaryOperator.identity(), (key, row) -> row, UnaryOperator.identity());
        Long seed = Long.getLong("seed");
        if (seed != null) {
            keepsItsPromises(simulation, seed);
            return;
        }
        KNOWN.forEach(it -> keepsItsPromises(simulation, it));
        Duration budget = Duration.ofSeconds(Long.getLong("seconds", 8));
        long end = System.nanoTime() + budget.toNanos();
        long next = new Random().nextInt(1_000_000_000);
        while (System.nanoTime() < end) {
            keepsItsPromises(simulation, next);
            next++;
        }
        assertThat(simulation.sagas()).isGreaterThan(200);
    }

    @Test
    void shouldFindAHeaderTakenFromAClock() {
        assertThat(
                        found(
                                WireDefects.headerFromAClock(),
                                (key, row) -> row,
                                UnaryOperator.identity()))
                .contains("S1 one command id, one value and one set of headers broken");
    }

    @Test
    void shouldFindEventsThatForgetErrors() {
        assertThat(
                        found(
                                UnaryOperator.identity(),
                                (key, row) -> row,
                                WireDefects::eventsForgetErrors))
                .contains("S7 status is the fold of the transitions broken");
    }

    @Test
    void shouldFindRowsThatForgetErrors() {
        assertThat(
                        found(
                                UnaryOperator.identity(),
                                WireDefects::rowsForgetErrors,
                                UnaryOperator.identity()))
                .contains("S7 status is the fold of the transitions broken");
    }

    /** Only the comparison of rows byte for byte can tell. */
    @Test
    void shouldFindRowsThatSayWhoHasWrittenThem() {
        EngineNodes nodes =
                new EngineNodes(UnaryOperator.identity(), WireDefects.readersSignErrors());
        assertThat(found(simulation(UnaryOperator.identity(), (key, row) -> row, nodes)))
                .contains("S8 replay gives the same rows broken");
    }

    @Test
    void shouldFindIndexRowsThatStay() {
        assertThat(
                        found(
                                UnaryOperator.identity(),
                                WireDefects::indexRowsStay,
                                UnaryOperator.identity()))
                .contains("Expected index rows");
    }

    private static void keepsItsPromises(SagaSimulation simulation, long seed) {
        Optional<SagaSimulation.Failure> failure = simulation.run(seed);
        if (failure.isPresent()) {
            throw new AssertionError(
                    "Expected all promises kept but seed "
                            + seed
                            + " (run it with -Dseed="
                            + seed
                            + "): "
                            + failure.get().promise()
                            + "\n"
                            + failure.get().trace());
        }
    }

    /** What the simulation says of a defect. */
    private static String found(
            UnaryOperator<WireCommand> commands,
            BiFunction<Bytes, Optional<byte[]>, Optional<byte[]>> rows,
            UnaryOperator<Transition> transitions) {
        return found(simulation(commands, rows, transitions));
    }

    private static String found(SagaSimulation simulation) {
        Optional<SagaSimulation.Failure> failure = Optional.empty();
        for (long seed = 1; seed <= WORLDS && failure.isEmpty(); seed++) {
            failure = simulation.run(seed);
        }
        return failure.map(SagaSimulation.Failure::promise).orElse("nothing found");
    }

    private static SagaSimulation simulation(
            UnaryOperator<WireCommand> commands,
            BiFunction<Bytes, Optional<byte[]>, Optional<byte[]>> rows,
            UnaryOperator<Transition> transitions) {
        return simulation(commands, rows, new EngineNodes(transitions, UnaryOperator.identity()));
    }

    private static SagaSimulation simulation(
            UnaryOperator<WireCommand> commands,
            BiFunction<Bytes, Optional<byte[]>, Optional<byte[]>> rows,
            EngineNodes nodes) {
        return new SagaSimulation(
                new SimulationSetup(
                        () -> new ProductionWire(commands),
                        () -> new RowStore(new SortedStore(rows)),
                        nodes,
                        EnumSet.noneOf(SimulationSetup.Defect.class)));
    }
}
