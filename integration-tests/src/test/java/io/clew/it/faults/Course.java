package io.clew.it.faults;

import io.clew.it.faults.load.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was done in one run.
 *
 * @param took from the first fault to the last end of a saga
 * @param windows each fault
 * @param changes when the surroundings were other than before
 * @param endedByThemselves what had to be started again though no fault had ended it
 * @param skipped faults that this machine or user cannot make, and why
 */
record Course(
        Settings settings,
        Duration took,
        Pace pace,
        List<Window> windows,
        List<Changed> changes,
        List<String> endedByThemselves,
        Map<Fault, String> skipped) {
    Course {
        windows = List.copyOf(windows);
        changes = List.copyOf(changes);
        endedByThemselves = List.copyOf(endedByThemselves);
        skipped = Map.copyOf(skipped);
    }
}
