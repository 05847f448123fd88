package io.clew.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.NodeKind;
import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulatedFault;
import io.clew.saga.testkit.SimulationSetup;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dseed=N} runs one world and prints its trace if it fails; {@code -Dseconds=N} simulates
 * for so long, instead of 20 s.
 */
class SimulationTest {
    /** Seeds that once broke a promise, and the worlds next to them. */
    private static final List<Long> KNOWN =
            List.of(
                    510L,
                    618L,
                    4425L,
                    105_369L,
                    106_558L,
                    109_099L,
                    308_890L,
                    316_985L,
                    324_294L,
                    324_632L,
                    328_043L,
                    331_141L,
                    364_378L,
                    398_382L,
                    1_081_249L,
                    258_204_613L,
                    40_000_032L,
                    40_001_767L,
                    80_025_189L,
                    491_159_930L,
                    764_326_306L,
                    825_844_538L,
                    9_000_166_863L);

    /** However slow the machine, so many worlds are enough to meet what is common. */
    private static final int FEWEST_WORLDS = 500;

    private static final List<String> INPUTS = List.of("success", "refusal", "timer", "cancel");

    private static final List<SimulatedFault> ANYWHERE =
            List.of(SimulatedFault.CRASH, SimulatedFault.ZOMBIE);

    private final SagaSimulation simulation = new SagaSimulation(SimulationSetup.sound());

    @Test
    void shouldKeepEveryPromiseUnderFaults() {
        Long seed = Long.getLong("seed");
        if (seed != null) {
            keepsItsPromises(seed);
            return;
        }
        Stopwatch watch = new Stopwatch();
        KNOWN.forEach(this::keepsItsPromises);
        long next = new Random().nextInt(1_000_000_000);
        while (watch.seconds() < Stopwatch.BUDGET || simulation.worlds() < FEWEST_WORLDS) {
            keepsItsPromises(next);
            next++;
        }
        System.out.println(watch.speed(simulation) + "\n" + simulation.faults());
        assertThat(FaultThresholds.missedBy(simulation)).isEmpty();
        assertThat(simulation.came("result", Phase.RUNNING)).isPositive();
        assertEveryNodeMet();
    }

    private void keepsItsPromises(long seed) {
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

    /** Nothing that can go wrong leaves out a kind of node. */
    private void assertEveryNodeMet() {
        for (NodeKind node : NodeKind.values()) {
            for (String input : INPUTS) {
                assertThat(simulation.changed(node, input)).as(input + " in " + node).isPositive();
            }
            for (SimulatedFault fault : ANYWHERE) {
                assertThat(simulation.met(node, fault)).as(fault + " in " + node).isPositive();
            }
        }
    }
}
