package io.clew.benchmark;

import io.clew.benchmark.load.Outcome;
import io.clew.benchmark.load.Plan;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All repeats of one case on one system.
 *
 * @param system what was measured
 * @param one under what
 * @param repeats what came of it
 */
record Measured(Plan.MeasuredSystem system, Case one, List<Outcome> repeats) {

    Measured {
        repeats = List.copyOf(repeats);
    }

    Figure figure(ToDoubleFunction<Outcome> of) {
        return Figure.of(repeats.stream().mapToDouble(of).toArray());
    }

    /** CPU-seconds per 1000 sagas of all processes whose name begins so. */
    Figure cpu(String prefix) {
        return figure(outcome -> outcome.cpuPerThousand(prefix));
    }

    /** Largest resident memory in MiB of one of the processes whose name begins so. */
    double peakRssMib(String prefix) {
        return repeats.stream()
                .flatMap(outcome -> outcome.processes().entrySet().stream())
                .filter(one -> one.getKey().startsWith(prefix))
                .mapToDouble(one -> one.getValue().peakRssMib())
                .max()
                .orElse(0);
    }
}
