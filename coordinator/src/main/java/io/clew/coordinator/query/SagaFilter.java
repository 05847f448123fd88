package io.clew.coordinator.query;

import io.clew.coordinator.engine.Walk;
import io.clew.saga.Incident;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.StepPath;
import io.clew.saga.Waiting;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param version the version of their definition they follow
 * @param step a step, an await or a delay they stand at, or that has an incident
 */
public record SagaFilter(
        Optional<String> definition,
        Set<Phase> phases,
        Optional<String> key,
        Map<String, String> index,
        Optional<Instant> startedAfter,
        Optional<Instant> startedBefore,
        boolean incidents,
        Optional<Integer> version,
        Optional<String> step) {

    public SagaFilter {
        phases = Set.copyOf(phases);
        // In order, since all instances must take the same way.
        index = Collections.unmodifiableMap(new TreeMap<>(index));
    }

    /** All sagas that run by a version, or those of them that stand at a step. */
    static SagaFilter running(String definition, int version, Optional<String> step) {
        Set<Phase> running =
                Arrays.stream(Phase.values()).filter(it -> !it.ended()).collect(Collectors.toSet());
        return new SagaFilter(
                Optional.of(definition),
                running,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(version),
                step);
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
                && (!incidents || saga.incident().or(rows::noted).isPresent())
                && version.filter(it -> it != saga.definition().version()).isEmpty()
                && step.filter(it -> !standsAt(saga, it)).isEmpty();
    }

    private static boolean standsAt(SagaInstance saga, String step) {
        Stream<String> commands = saga.outstanding().stream().map(it -> it.execution().path());
        Stream<String> waits = saga.waits().stream().map(Waiting::path);
        Stream<String> incidents = saga.incidents().stream().map(Incident::step);
        return Stream.of(commands, waits, incidents)
                .flatMap(it -> it)
                .anyMatch(it -> StepPath.name(it).equals(step));
    }

    /** Of one that cannot be read, the index row it was found by says the rest. */
    private boolean showsWithoutInstance(SagaId saga, EngineView.Rows.Here rows) {
        return (rows.unreadable().isPresent() || rows.noted().isPresent())
                && version.isEmpty()
                && step.isEmpty()
                && definition.filter(it -> !it.equals(saga.definition())).isEmpty()
                && key.filter(it -> !it.equals(StatusWriter.businessKey(saga))).isEmpty();
    }
}
