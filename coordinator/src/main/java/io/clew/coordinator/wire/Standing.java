package io.clew.coordinator.wire;

import io.clew.saga.DefinitionRef;
import io.clew.saga.Failure;
import io.clew.saga.Marker;
import io.clew.saga.Phase;
import io.clew.saga.SagaInstance;
import java.util.Optional;

/**
 * What readers of {@code saga.events} want to know of the saga besides what happened.
 *
 * @param definition what it follows
 * @param phase its phase after the input
 * @param failure why it compensates or did
 */
public record Standing(DefinitionRef definition, Phase phase, Optional<Failure> failure) {
    public static Standing of(SagaInstance saga) {
        return new Standing(saga.definition(), saga.phase(), saga.failure());
    }

    public static Standing of(Marker marker) {
        return new Standing(marker.definition(), marker.outcome(), Optional.empty());
    }
}
