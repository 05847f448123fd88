package io.clew.saga;

import java.time.Instant;
import java.util.Optional;

/**
 * One decoded record of the inbox.
 *
 * @param saga its key
 * @param position where it stands
 * @param timestamp the broker's append time
 * @param input what it says
 * @param early with a trigger, what has arrived before it
 */
public record Inbound(
        SagaId saga, Position position, Instant timestamp, SagaInput input, Optional<Early> early) {

    /** A record that nothing has come before. */
    public Inbound(SagaId saga, Position position, Instant timestamp, SagaInput input) {
        this(saga, position, timestamp, input, Optional.empty());
    }

    Inbound after(Optional<Early> earlier) {
        return new Inbound(saga, position, timestamp, input, earlier);
    }
}
