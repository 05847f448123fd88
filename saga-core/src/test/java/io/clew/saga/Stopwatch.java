package io.clew.saga;

import io.clew.saga.testkit.SagaSimulation;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Time since it was made, on the clock and as processor time of this thread. The latter is what a
 * machine that does nothing else would take.
 */
final class Stopwatch {
    /** Seconds a simulation may take: {@code -Dseconds=N}. */
    static final long BUDGET = Long.getLong("seconds", 20);

    private final long start = System.nanoTime();
    private final long busyStart = busyNanos();

    private static long busyNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    double processorSeconds() {
        return (busyNanos() - busyStart) / 1e9;
    }

    String speed(SagaSimulation simulation) {
        return String.format(
                Locale.ROOT,
                "%d worlds, %d sagas in %.1f s: %.0f sagas/s (%.0f per second of processor time)",
                simulation.worlds(),
                simulation.sagas(),
                seconds(),
                simulation.sagas() / seconds(),
                simulation.sagas() / processorSeconds());
    }
}
