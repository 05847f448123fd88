package io.clew.it.faults;

import io.clew.it.faults.check.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a run has been through enough to be quoted; whether it found anything is another matter.
 */
final class Proof {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);
    private static final int SAGAS = 50_000;
    private static final int ABORTED = 100;

    /** Those that let a replay find other surroundings. */
    private static final Set<Fault> CHANGING =
            EnumSet.of(Fault.FROZEN_WITHOUT_REGISTRY, Fault.FROZEN_AND_CHANGED);

    private Proof() {}

    /** What it lacks; it counts if there is nothing. */
    static List<String> missing(Verdict verdict, Course course) {
        List<String> missing = new ArrayList<>();
        int sagas = verdict.log().stories().size();
        int aborted = verdict.commands().abortedButExecuted().size();
        if (course.took().compareTo(LONG_ENOUGH) < 0) {
            missing.add(
                    "%d s of faults, not %d"
                            .formatted(course.took().toSeconds(), LONG_ENOUGH.toSeconds()));
        }
        if (sagas < SAGAS) {
            missing.add("%d sagas, not %d".formatted(sagas, SAGAS));
        }
        if (aborted < ABORTED) {
            missing.add(
                    "%d commands of aborted transactions executed, not %d"
                            .formatted(aborted, ABORTED));
        }
        boolean changes = course.settings().faults().stream().anyMatch(CHANGING::contains);
        if (changes && replays(verdict, course) == 0) {
            missing.add("no replay under changed surroundings");
        }
        if (!course.pace().isKept()) {
            missing.add(
                    "%.1f orders a second, not %d"
                            .formatted(course.pace().reached(), course.pace().perSecond()));
        }
        Set<Fault> never = EnumSet.noneOf(Fault.class);
        never.addAll(course.settings().faults());
        course.windows().stream()
                .filter(Window::isInjected)
                .forEach(window -> never.remove(window.fault()));
        if (!never.isEmpty()) {
            missing.add("never injected: " + never);
        }
        return missing;
    }

    /** Executed commands of aborted transactions that were made again in other surroundings. */
    static long replays(Verdict verdict, Course course) {
        return verdict.commands().abortedButExecuted().stream()
                .filter(repeat -> course.changes().stream().anyMatch(it -> it.holds(repeat)))
                .count();
    }
}
