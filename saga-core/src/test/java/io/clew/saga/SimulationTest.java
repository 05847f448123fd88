package io.clew.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.NodeKind;
import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulationSetup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dseed=N} runs one world and prints its trace if it fails; {@code -Dseconds=N} simulates
 * for longer.
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

    private static final List<String> FAULTS =
            List.of("command lost", "registry away", "topic missing", "offsets set back");

    private static final List<String> TROUBLE =
            List.of("success", "refusal", "timer", "cancel", "crash", "zombie");

    private final SagaSimulation simulation = new SagaSimulation(SimulationSetup.sound());

    @Test
    void shouldKeepEveryPromiseUnderFaults() {
        Long seed = Long.getLong("seed");
        if (seed != null) {
            keepsItsPromises(seed);
            return;
        }
        KNOWN.forEach(this::keepsItsPromises);
        Duration budget = Duration.ofSeconds(Long.getLong("seconds", 12));
        long end = System.nanoTime() + budget.toNanos();
        long next = new Random().nextInt(1_000_000_000);
        while (System.nanoTime() < end) {
            keepsItsPromises(next);
            next++;
        }
        assertThat(simulation.sagas()).isGreaterThan(1000);
        assertEveryPhaseMet("crash");
        assertEveryPhaseMet("zombie");
        for (String fault : FAULTS) {
            assertMet(fault, Phase.RUNNING);
            assertMet(fault, Phase.COMPENSATING);
        }
        assertMet("offsets set back", Phase.COMPLETED);
        assertMet("offsets set back", Phase.COMPENSATED);
        assertMet("result", Phase.RUNNING);
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

    private void assertEveryPhaseMet(String fault) {
        for (Phase phase : Phase.values()) {
            assertMet(fault, phase);
        }
    }

    /** Nothing that can go wrong leaves out a kind of node. */
    private void assertEveryNodeMet() {
        for (NodeKind node : NodeKind.values()) {
            for (String what : TROUBLE) {
                assertThat(simulation.met(node, what)).as("%s in %s", what, node).isPositive();
            }
        }
    }

    private void assertMet(String fault, Phase phase) {
        assertThat(simulation.met(fault, phase)).as("%s in %s", fault, phase).isPositive();
    }
}
