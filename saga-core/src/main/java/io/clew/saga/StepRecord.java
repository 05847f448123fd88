package io.clew.saga;

import java.util.Optional;

/**
 * One decided action execution and what became of it; the compensation stack is these in order.
 *
 * @param path step path
 * @param execution number of the action execution
 * @param status what became of it
 * @param compensatable whether there is a compensation for it
 * @param output its result, if it has given one
 * @param failure why it was refused or given up
 * @param compensations how many compensation executions were decided for it
 */
public record StepRecord(
        String path,
        int execution,
        Status status,
        boolean compensatable,
        Optional<Bytes> output,
        Optional<Failure> failure,
        int compensations) {

    /** What became of an action execution. */
    public enum Status {
        OUTSTANDING,
        SUCCEEDED,
        REFUSED,
        IN_DOUBT,
        SKIPPED,
        COMPENSATING,
        COMPENSATED
    }

    /** Whether it must still be taken back if the saga unwinds. */
    boolean owesCompensation() {
        return compensatable
                && switch (status) {
                    case SUCCEEDED, IN_DOUBT, COMPENSATING -> true;
                    case OUTSTANDING, REFUSED, SKIPPED, COMPENSATED -> false;
                };
    }

    StepRecord succeeded(Optional<Bytes> result) {
        return with(Status.SUCCEEDED, result, failure);
    }

    StepRecord skipped(Optional<Bytes> result) {
        return with(Status.SKIPPED, result, failure);
    }

    /** It had been given up; its compensation stays owed. */
    StepRecord turnedOutDone(Optional<Bytes> result) {
        return with(status, result, failure);
    }

    StepRecord refused(Failure why) {
        return with(Status.REFUSED, output, Optional.of(why));
    }

    StepRecord givenUp(Failure why) {
        return with(Status.IN_DOUBT, output, Optional.of(why));
    }

    StepRecord compensated() {
        return with(Status.COMPENSATED, output, failure);
    }

    StepRecord compensating(int number) {
        return new StepRecord(
                path, execution, Status.COMPENSATING, compensatable, output, failure, number);
    }

    private StepRecord with(Status next, Optional<Bytes> result, Optional<Failure> why) {
        return new StepRecord(path, execution, next, compensatable, result, why, compensations);
    }
}
