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
        return figure(
                outcome ->
                        outcome.processes().keySet().stream()
                                .filter(name -> name.startsWith(prefix))
                                .mapToDouble(outcome::cpuPerThousand)
                                .sum());
    }

    /** Largest resident memory of one process in MiB. */
    double peakRssMib(String process) {
        return repeats.stream()
                .mapToDouble(
                        outcome -> {
                            Outcome.Use use = outcome.processes().get(process);
                            return use == null ? 0 : use.peakRssMib();
                        })
                .max()
                .orElse(0);
    }
}
