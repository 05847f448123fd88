package io.clew.saga;

import io.clew.saga.testkit.SimulatedNode;
import java.util.SortedMap;
import java.util.TreeMap;

/** Nodes with one deliberate defect each in how they keep to pauses. */
final class PauseDefects {
    private static final Position START = new Position("inbox", 0, 0);

    private PauseDefects() {}

    /** Pauses are looked up as they are when an input is decided, not as at its place. */
    static SimulatedNode looksPausesUp(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, world) ->
                        Decider.MACHINE.decide(
                                definition,
                                saga,
                                in,
                                new Conditions(world.topics(), moved(world.pauses()))));
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
                (definition, saga, in, world) ->
                        Decider.MACHINE.decide(
                                definition, saga, in, new Conditions(world.topics(), Pauses.NONE)));
    }

    /** The end of a pause is not noticed by what it held. */
    static SimulatedNode neverGoesOnAfterAPause(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, world) -> {
                    boolean paused =
                            saga.flatMap(SagaInstance::outstanding)
                                    .filter(it -> it.delivery() instanceof Delivery.Paused)
                                    .isPresent();
                    return paused && in.input() instanceof SagaInput.TimerFired
                            ? new Decision.Rejected(Rejection.NOTHING_DUE)
                            : Decider.MACHINE.decide(definition, saga, in, world);
                });
    }
}
