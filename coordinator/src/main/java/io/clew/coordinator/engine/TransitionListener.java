package io.clew.coordinator.engine;

import io.clew.saga.Position;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import java.util.Optional;

/** Hears of every transition once it is processed, before it is committed. */
@FunctionalInterface
public interface TransitionListener {
    TransitionListener NONE = (after, transition) -> {};

    /**
     * Called on the stream thread: must return at once and must not throw.
     *
     * @param after the saga after it; empty if the transition is a rejection
     */
    void onTransition(Optional<SagaInstance> after, Transition transition);

    /**
     * An intervention was dealt with that no transition tells of; as {@link #onTransition}.
     *
     * @param cause where it stands on the inbox
     * @param rejection why it was not carried out, if so
     */
    default void onAnswer(SagaId saga, Position cause, Optional<Rejection> rejection) {}
}
