package io.clew.coordinator.ingress;

import io.clew.saga.Arrival;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;

/** What one business event leads to. */
sealed interface Routed {

    /** A saga is to start. */
    record Start(SagaId saga, SagaInput.Trigger trigger) implements Routed {}

    /** A saga may await it. */
    record Arrives(SagaId saga, Arrival arrival) implements Routed {}

    /** It was meant for a definition but can start nothing; {@code code} is stable. */
    record Refused(String code, String reason) implements Routed {}
}
