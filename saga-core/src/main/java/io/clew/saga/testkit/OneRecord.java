package io.clew.saga.testkit;

import io.clew.saga.Batch;
import io.clew.saga.BatchWriter;
import io.clew.saga.Change;
import io.clew.saga.Command;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Effect;
import io.clew.saga.RawInput;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.Transition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** What a node writes and sends on one record of the inbox. */
final class OneRecord implements BatchWriter<Batch> {
    private final MemoryStore store;
    private final List<Command> commands = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();
    private final Set<SimulatedStore.TimerRow> armed = new HashSet<>();

    /** What all small worlds of one model share. */
    record Parts(SimulationSetup setup, SimulatedWire wire, Scope scope) {}

    private OneRecord(MemoryStore store) {
        this.store = store;
    }

    /**
     * A fresh node takes the record.
     *
     * @param store the rows it reads, and writes
     * @param luck the luck of the node: a sound one does not use it
     */
    static OneRecord taken(Parts parts, MemoryStore store, RawInput raw, long luck) {
        OneRecord written = new OneRecord(store);
        parts.setup()
                .node()
                .start(
                        new SimulatedNode.Ports(
                                parts.wire(),
                                ref -> found(parts.scope().definition(), ref),
                                topic -> true,
                                store,
                                written,
                                new SplittableRandom(luck)))
                .process(raw);
        return written;
    }

    private static Optional<SagaDefinition> found(SagaDefinition definition, DefinitionRef ref) {
        return definition.ref().equals(ref) ? Optional.of(definition) : Optional.empty();
    }

    List<Command> commands() {
        return commands;
    }

    List<Transition> transitions() {
        return transitions;
    }

    /** Timer rows it has put. */
    Set<SimulatedStore.TimerRow> armed() {
        return armed;
    }

    @Override
    public Batch prepare(Batch batch) {
        return batch;
    }

    /** Every expression can be evaluated here, so nothing hangs on what one owner alone sees. */
    @Override
    public boolean awaitsCommit(SagaId saga) {
        return false;
    }

    @Override
    public void commit(Batch batch) {
        for (Change change : batch.changes()) {
            store.apply(change);
            if (change instanceof Change.PutTimer put) {
                armed.add(new SimulatedStore.TimerRow(put.dueAt(), put.saga()));
            }
        }
        for (Effect effect : batch.effects()) {
            switch (effect) {
                case Effect.AnswerParent ignored -> {}
                case Effect.TellChild ignored -> {}
                case Effect.SendCommand send -> commands.add(send.command());
                case Effect.PublishTransition publish -> transitions.add(publish.transition());
                case Effect.Archive ignored -> {}
                case Effect.Answered ignored -> {}
                case Effect.Unclaimed ignored -> {}
                case Effect.DeadLetter ignored -> {}
            }
        }
    }
}
