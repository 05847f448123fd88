package io.clew.it.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was found, before it is laid against the faults.
 *
 * @param commands what the command topics hold
 * @param lies how many were told of each kind
 */
record Verdict(
        SagaLog log, List<Finding> findings, CommandCheck commands, Map<Liar.Lie, Integer> lies) {

    Report report(
            Settings settings,
            Duration took,
            List<Window> windows,
            List<String> endedByThemselves) {
        List<Report.Row> rows = Rows.of(this, windows);
        return new Report(this, settings, took, rows, List.copyOf(endedByThemselves));
    }
}
