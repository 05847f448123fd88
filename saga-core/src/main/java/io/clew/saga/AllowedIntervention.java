package io.clew.saga;

import java.util.Locale;
import java.util.Set;

/** The interventions an operator may ask for in a saga's present state. */
public enum AllowedIntervention {
    RETRY,
    SKIP,
    CANCEL,
    HOLD,
    REWIND,
    ABANDON,
    PAUSE,
    RESUME,
    MIGRATE;

    /** What applies to this saga now. */
    public static Set<AllowedIntervention> of(SagaDefinition definition, SagaInstance saga) {
        return Interventions.allowed(definition, saga);
    }

    static AllowedIntervention of(InterventionRequest request) {
        return switch (request) {
            case InterventionRequest.Retry ignored -> RETRY;
            case InterventionRequest.Skip ignored -> SKIP;
            case InterventionRequest.Cancel ignored -> CANCEL;
            case InterventionRequest.Hold ignored -> HOLD;
            case InterventionRequest.Rewind ignored -> REWIND;
            case InterventionRequest.Abandon ignored -> ABANDON;
            case InterventionRequest.Pause ignored -> PAUSE;
            case InterventionRequest.Resume ignored -> RESUME;
            case InterventionRequest.Migrate ignored -> MIGRATE;
        };
    }

    /** The word for it in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
