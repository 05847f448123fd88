package io.clew.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one input did to one saga; the unit of {@code saga.events}.
 *
 * @param saga which saga
 * @param run its run, epoch milliseconds of its start record
 * @param revision the revision after it; a rejection keeps the one before
 * @param time log time of the saga after it
 * @param cause the inbox record that caused it
 * @param kind kind of that input
 * @param events what happened; empty for a rejection
 * @param rejection why the input did not apply
 */
public record Transition(
        SagaId saga,
        long run,
        long revision,
        Instant time,
        Position cause,
        String kind,
        List<SagaEvent> events,
        Optional<Rejection> rejection) {
    /** Why the input was turned away, whether that is remembered or not. */
    public Optional<Rejection> answer() {
        for (SagaEvent event : events) {
            if (event instanceof SagaEvent.OperationRejected rejected) {
                return Optional.of(rejected.reason());
            }
        }
        return rejection;
    }

    public Transition {
        events = List.copyOf(events);
        if (events.isEmpty() == rejection.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected events or a rejection for " + saga + " but got " + events);
        }
    }
}
