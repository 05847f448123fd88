package io.clew.coordinator.engine;

import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;

/** Hears of every transition once it is processed, before it is committed. */
@FunctionalInterface
public interface TransitionListener {
    TransitionListener NONE = (after, transition) -> {};

    /** Called on the stream thread: must return at once and must not throw. */
    void onTransition(SagaInstance after, Transition transition);
}
