package io.clew.saga;

import io.clew.saga.testkit.SimulatedNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Nodes with one deliberate defect each in how they keep to pauses. */
final class PauseDefects {
    private static final Position START = new Position("inbox", 0, 0);

    private PauseDefects() {}

    /** Pauses are looked up as they are when an input is decided, not as at its place. */
    static SimulatedNode looksPausesUp(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Decider.MACHINE.decide(definition, saga, in, moved(pauses)));
    }

    /** As if all had been asked for before everything else. */
    private static Pauses moved(Pauses pauses) {
        SortedMap<PauseSubject, Pausing> moved = new TreeMap<>();
        pauses.subjects()
                .forEach(
                        (subject, it) ->
                                moved.put(
                                        subject,
                                        new Pausing(
                                                it.spells().stream()
                                                        .map(PauseDefects::early)
                                                        .toList(),
                                                it.actor(),
                                                it.note(),
                                                it.operations())));
        return new Pauses(moved);
    }

    private static Pausing.Spell early(Pausing.Spell spell) {
        return new Pausing.Spell(
                spell.from(), START, spell.end().map(end -> new Pausing.End(end.at(), START)));
    }

    /** Pauses are only known, not kept to. */
    static SimulatedNode sendsWhilePaused(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Decider.MACHINE.decide(definition, saga, in, Pauses.NONE));
    }

    /** Whether a topic is missing is what the owner sees, not what its partition was told. */
    static SimulatedNode decidesByItsOwnSight(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Decider.MACHINE.decide(
                                definition,
                                saga,
                                in,
                                seen(pauses, definition, ports.topics(), in.timestamp())));
    }

    private static Pauses seen(
            Pauses told, SagaDefinition definition, Predicate<String> there, Instant now) {
        SortedMap<PauseSubject, Pausing> seen = new TreeMap<>(told.subjects());
        seen.keySet().removeIf(it -> it.kind() == PauseSubject.Kind.TOPIC);
        Pausing.Spell missing = new Pausing.Spell(now, START, Optional.empty());
        for (Step step : definition.steps()) {
            Stream.concat(Stream.of(step.action()), step.compensation().stream())
                    .map(CommandSpec::topic)
                    .filter(it -> !there.test(it))
                    .forEach(
                            it ->
                                    seen.put(
                                            PauseSubject.topic(it),
                                            new Pausing(List.of(missing), "", "", List.of())));
        }
        return new Pauses(seen);
    }

    /** The end of a pause is not noticed by what it held. */
    static SimulatedNode neverGoesOnAfterAPause(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    boolean paused =
                            saga.stream()
                                    .flatMap(it -> it.outstanding().stream())
                                    .anyMatch(it -> it.delivery() instanceof Delivery.Paused);
                    return paused && in.input() instanceof SagaInput.TimerFired
                            ? new Decision.Rejected(Rejection.NOTHING_DUE)
                            : Decider.MACHINE.decide(definition, saga, in, pauses);
                });
    }
}
