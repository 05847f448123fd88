package io.clew.coordinator.query;

import io.clew.coordinator.engine.Walk;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
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

    /** The way that finds all it shows. */
    Walk walk() {
        return incidents ? new Walk.WithIncident(definition) : new Walk.All(definition);
    }

    boolean shows(EngineView.Walked walked) {
        EngineView.Rows.Here rows = walked.rows();
        return rows.instance()
                .map(it -> shows(it, rows))
                .orElseGet(() -> shows(walked.saga(), rows));
    }

    private boolean shows(SagaInstance saga, EngineView.Rows.Here rows) {
        return definition.filter(it -> !it.equals(saga.definition().name())).isEmpty()
                && (phases.isEmpty() || phases.contains(saga.phase()))
                && key.filter(it -> !it.equals(saga.id().businessKey())).isEmpty()
                && saga.index().entrySet().containsAll(index.entrySet())
                && startedAfter.filter(it -> saga.startedAt().isBefore(it)).isEmpty()
                && startedBefore.filter(it -> !saga.startedAt().isBefore(it)).isEmpty()
                && (!incidents || saga.incident().or(rows::noted).isPresent());
    }

    /** One that cannot be read is held, and has none of what is not known of it. */
    private boolean shows(SagaId saga, EngineView.Rows.Here rows) {
        return (rows.unreadable().isPresent() || rows.noted().isPresent())
                && definition.filter(it -> !it.equals(saga.definition())).isEmpty()
                && (phases.isEmpty() || phases.contains(Phase.HELD))
                && key.filter(it -> !it.equals(StatusWriter.businessKey(saga))).isEmpty()
                && index.isEmpty()
                && startedAfter.isEmpty()
                && startedBefore.isEmpty();
    }
}
