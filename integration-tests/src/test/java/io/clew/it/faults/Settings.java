package io.clew.it.faults;

import java.time.Duration;
import java.util.List;

/**
 * What one run does. The same seed makes the same orders and the same faults in the same order.
 *
 * @param seed of everything that is drawn
 * @param faults those to choose from, or if there is no time given: those to inject, in order
 * @param time how long to inject faults; zero: each once
 * @param perSecond orders
 * @param instances of each service
 * @param impatient whether steps are given up within seconds
 */
record Settings(
        long seed,
        List<Fault> faults,
        Duration time,
        int perSecond,
        int instances,
        boolean impatient) {
    Settings {
        faults = List.copyOf(faults);
    }
}
