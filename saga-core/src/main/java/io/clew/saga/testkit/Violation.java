package io.clew.saga.testkit;

import io.clew.saga.SagaId;
import java.util.Optional;

/** A promise was broken. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;
    private final transient Optional<SagaId> saga;

    Violation(String promise, SagaId saga, String what) {
        super(promise + " broken by " + saga + ": " + what);
        this.saga = Optional.of(saga);
    }

    Violation(String promise, String what) {
        super(promise + " broken: " + what);
        this.saga = Optional.empty();
    }

    Optional<SagaId> saga() {
        return saga;
    }
}
