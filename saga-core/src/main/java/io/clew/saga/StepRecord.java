package io.clew.saga;

import java.util.Optional;

/**
 * One decided action execution and what became of it; the compensation stack is these in order. An
 * await, a delay and a savepoint leave one too, as if they were executed.
 *
 * @param path step path
 * @param execution number of the action execution
 * @param status what became of it
 * @param compensatable whether there is a compensation for it
 * @param output its result, if it has given one
 * @param failure why it was refused or given up
 * @param compensations number of the newest compensation execution for it, 0 if there is none;
 *     numbers count on over all actions of the path
 * @param undone whether the saga was taken back to before it, and so may come here again
 */
public record StepRecord(
        String path,
        int execution,
        Status status,
        boolean compensatable,
        Optional<Bytes> output,
        Optional<Failure> failure,
        int compensations,
        boolean undone) {

    static StepRecord begun(Execution execution, boolean compensatable) {
        return of(execution.path(), execution.number(), Status.OUTSTANDING, compensatable);
    }

    static StepRecord of(String path, int execution, Status status, boolean compensatable) {
        return new StepRecord(
                path,
                execution,
                status,
                compensatable,
                Optional.empty(),
                Optional.empty(),
                0,
                false);
    }

    /** What became of an action execution. */
    public enum Status {
        OUTSTANDING,
        SUCCEEDED,
        REFUSED,
        IN_DOUBT,
        SKIPPED,
        COMPENSATING,
        COMPENSATED,
        /** Not executed, since its condition did not hold. */
        PASSED,
        /** No longer waited for. */
        CANCELLED
    }

    /** Whether it must still be taken back if the saga unwinds. */
    boolean owesCompensation() {
        return compensatable
                && !undone
                && switch (status) {
                    case SUCCEEDED, IN_DOUBT, COMPENSATING -> true;
                    case OUTSTANDING, REFUSED, SKIPPED, COMPENSATED, PASSED, CANCELLED -> false;
                };
    }

    StepRecord succeeded(Optional<Bytes> result) {
        return with(Status.SUCCEEDED, result, failure);
    }

    StepRecord skipped(Optional<Bytes> result) {
        return with(Status.SKIPPED, result, failure);
    }

    StepRecord cancelled() {
        return with(Status.CANCELLED, output, failure);
    }

    StepRecord takenBack() {
        return new StepRecord(
                path, execution, status, compensatable, output, failure, compensations, true);
    }

    /** It had been given up, or was no longer waited for; its compensation is owed. */
    StepRecord turnedOutDone(Optional<Bytes> result) {
        boolean wait = status == Status.REFUSED || status == Status.CANCELLED;
        return with(wait ? Status.SUCCEEDED : status, result, failure);
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
                path,
                execution,
                Status.COMPENSATING,
                compensatable,
                output,
                failure,
                number,
                undone);
    }

    private StepRecord with(Status next, Optional<Bytes> result, Optional<Failure> why) {
        return new StepRecord(
                path, execution, next, compensatable, result, why, compensations, undone);
    }
}
