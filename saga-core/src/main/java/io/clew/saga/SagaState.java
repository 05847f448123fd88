package io.clew.saga;

import java.util.Optional;

/**
 * Where a saga instance stands. Each state carries only what is true in it.
 *
 * <pre>
 *   Running ──▶ Completed
 *      │  ▲ └─▶ Provisional (a child's) ──▶ Completed
 *      ▼  │ (taken back to a savepoint)
 *   Compensating ──▶ Compensated
 *      │
 *      ▼
 *   Abandoned (from any of them, by an operator)
 * </pre>
 *
 * <p>An incident may hold what is running or compensating. What is provisional compensates if its
 * parent takes it back.
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

    /**
     * All of a child is done, but its parent may still take it back.
     *
     * @param result what it has come to, if its definition says so: frozen
     */
    record Provisional(Optional<Bytes> result) implements SagaState {}

    /** No input changes an ended saga. */
    sealed interface Ended extends SagaState {}

    /**
     * All is done.
     *
     * @param result what it has come to, if its definition says so
     */
    record Completed(Optional<Bytes> result) implements Ended {}

    record Compensated(Failure cause) implements Ended {}

    record Abandoned(Failure cause) implements Ended {}

    /** Why forward work ends, and what then. */
    record Stop(Failure cause, Reach reach) {}
}
