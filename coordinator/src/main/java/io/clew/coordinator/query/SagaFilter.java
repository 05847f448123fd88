package io.clew.coordinator.query;

import io.clew.coordinator.engine.Walk;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
        // In order, since all instances must take the same way.
        index = Collections.unmodifiableMap(new TreeMap<>(index));
    }

    /** The way that finds all it shows and the fewest others. */
    Walk walk() {
        Walk.Span started =
                new Walk.Span(
                        startedAfter.orElse(Walk.Span.ALWAYS.from()),
                        startedBefore.orElse(Walk.Span.ALWAYS.before()));
        if (incidents) {
            return new Walk.WithIncident(definition);
        }
        if (key.isPresent()) {
            return new Walk.OfKey(definition, key.get());
        }
        if (!index.isEmpty()) {
            Map.Entry<String, String> attribute = index.entrySet().iterator().next();
            return new Walk.ByAttribute(
                    definition, attribute.getKey(), attribute.getValue(), started);
        }
        if (!phases.isEmpty()) {
            return new Walk.ByPhase(definition, phases, started);
        }
        return started.equals(Walk.Span.ALWAYS)
                ? new Walk.All(definition)
                : new Walk.ByPhase(definition, EnumSet.allOf(Phase.class), started);
    }

    /** The one saga it can show, if it names one. */
    Optional<SagaId> saga() {
        try {
            return definition.flatMap(name -> key.map(it -> SagaId.of(name, it)));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    boolean shows(SagaId saga, EngineView.Rows.Here rows) {
        return rows.instance()
                .map(it -> shows(it, rows))
                .orElseGet(() -> showsWithoutInstance(saga, rows));
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

    /** Of one that cannot be read, the index row it was found by says the rest. */
    private boolean showsWithoutInstance(SagaId saga, EngineView.Rows.Here rows) {
        return (rows.unreadable().isPresent() || rows.noted().isPresent())
                && definition.filter(it -> !it.equals(saga.definition())).isEmpty()
                && key.filter(it -> !it.equals(StatusWriter.businessKey(saga))).isEmpty();
    }
}
