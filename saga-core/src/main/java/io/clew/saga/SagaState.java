package io.clew.saga;

import java.util.Optional;

/**
 * Where a saga instance stands. Each state carries only what is true in it.
 *
 * <pre>
 *   Running ──▶ Completed
 *      │  ▲
 *      ▼  │ (taken back to a savepoint)
 *   Compensating ──▶ Compensated
 *      │
 *      ▼
 *   Abandoned (from any of them, by an operator)
 * </pre>
 *
 * <p>An incident may hold either of the first two.
 */
public sealed interface SagaState {

    /**
     * Forward work.
     *
     * @param stop set when it ends as soon as all that is outstanding is settled
     */
    record Running(Optional<Stop> stop) implements SagaState {}

    /** Taking back, newest first. */
    record Compensating(Failure cause, Reach reach) implements SagaState {}

    /** No input changes an ended saga. */
    sealed interface Ended extends SagaState {}

    record Completed() implements Ended {}

    record Compensated(Failure cause) implements Ended {}

    record Abandoned(Failure cause) implements Ended {}

    /** Why forward work ends, and what then. */
    record Stop(Failure cause, Reach reach) {}
}
