package io.clew.it.faults;

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

    Report report(Course course) {
        return new Report(this, course, Rows.of(this, course.windows()));
    }
}
