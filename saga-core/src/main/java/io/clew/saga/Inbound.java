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
 * @param target with a migration, the version it leads to
 */
public record Inbound(
        SagaId saga,
        Position position,
        Instant timestamp,
        SagaInput input,
        Optional<Early> early,
        Optional<SagaDefinition> target) {

    /** A record that nothing has come before. */
    public Inbound(SagaId saga, Position position, Instant timestamp, SagaInput input) {
        this(saga, position, timestamp, input, Optional.empty(), Optional.empty());
    }

    Inbound after(Optional<Early> earlier) {
        return new Inbound(saga, position, timestamp, input, earlier, target);
    }

    Inbound toward(SagaDefinition version) {
        return new Inbound(saga, position, timestamp, input, early, Optional.of(version));
    }

    /** The version that a migration leads to. */
    Optional<DefinitionRef> leadsTo() {
        return input instanceof SagaInput.Intervention asked
                        && asked.request() instanceof InterventionRequest.Migrate migrate
                ? Optional.of(migrate.to())
                : Optional.empty();
    }
}
