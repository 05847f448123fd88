package io.clew.coordinator.query;

import io.clew.saga.Phase;
import io.clew.saga.SagaInstance;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which sagas a list shows; what is empty does not matter.
 *
 * @param definition name of their definition
 * @param phases phases they may be in
 * @param key their business key
 * @param index attributes they have
 * @param startedAfter they started at this instant or later
 * @param startedBefore they started before this instant
 * @param incidents only those with an incident
 */
public record SagaFilter(
        Optional<String> definition,
        Set<Phase> phases,
        Optional<String> key,
        Map<String, String> index,
        Optional<Instant> startedAfter,
        Optional<Instant> startedBefore,
        boolean incidents) {

    public SagaFilter {
        phases = Set.copyOf(phases);
        index = Map.copyOf(index);
    }

    boolean shows(SagaInstance saga) {
        return definition.filter(it -> !it.equals(saga.definition().name())).isEmpty()
                && (phases.isEmpty() || phases.contains(saga.phase()))
                && key.filter(it -> !it.equals(saga.id().businessKey())).isEmpty()
                && saga.index().entrySet().containsAll(index.entrySet())
                && startedAfter.filter(it -> saga.startedAt().isBefore(it)).isEmpty()
                && startedBefore.filter(it -> !saga.startedAt().isBefore(it)).isEmpty()
                && (!incidents || saga.incident().isPresent());
    }

    /** What every saga id it shows begins with. */
    String prefix() {
        return definition.map(it -> it + ":").orElse("");
    }
}
