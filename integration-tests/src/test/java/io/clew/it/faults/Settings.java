package io.clew.it.faults;

import io.clew.it.faults.cluster.Timing;
import java.time.Duration;
import java.util.List;

/**
 * What one run does. The same seed makes the same orders and the same faults of the same parts, in
 * the same order.
 *
 * @param seed of everything that is drawn
 * @param faults those to choose from, or if there is no time given: those to inject, in order
 * @param time how long to inject faults; zero: each once
 * @param orders go on until so many are placed, too
 * @param perSecond orders, besides those that come at once before a fault
 * @param instances of each service
 * @param timing of brokers and clients
 * @param impatient whether steps of orders are given up within seconds
 * @param patience how long the lingering step of errands takes
 */
record Settings(
        long seed,
        List<Fault> faults,
        Duration time,
        int orders,
        int perSecond,
        int instances,
        Timing timing,
        boolean impatient,
        Duration patience) {
    Settings {
        faults = List.copyOf(faults);
    }
}
