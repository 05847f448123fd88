package io.clew.saga;

import java.util.Optional;

/**
 * Where a saga instance stands. Each state carries only what is true in it.
 *
 * <pre>
 *   Running ──▶ Completed
 *      │  ⇅ Held
 *      ▼
 *   Compensating ──▶ Compensated
 *      │  ⇅ Held
 *      ▼
 *   Abandoned (from any of them, by an operator)
 * </pre>
 */
public sealed interface SagaState {

    /** It moves by itself as replies come in. */
    sealed interface Active extends SagaState {
        /** The command it waits for; none only while an input that failed is kept. */
        Optional<Outstanding> outstanding();
    }

    /**
     * Forward work.
     *
     * @param stop set when it is to compensate as soon as the outstanding command is settled
     */
    record Running(Optional<Outstanding> outstanding, Optional<Failure> stop) implements Active {}

    /** Taking back, newest first. */
    record Compensating(Optional<Outstanding> outstanding, Failure cause) implements Active {}

    /** An incident stopped it; an operator's intervention takes it back to {@code resumeTo}. */
    record Held(Active resumeTo) implements SagaState {}

    /** No input changes an ended saga. */
    sealed interface Ended extends SagaState {}

    record Completed() implements Ended {}

    record Compensated(Failure cause) implements Ended {}

    record Abandoned(Failure cause) implements Ended {}
}
