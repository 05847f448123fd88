package io.clew.coordinator.engine;

import io.clew.coordinator.wire.CommandWriter;
import io.clew.coordinator.wire.DeadLetters;
import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.KinWriter;
import io.clew.coordinator.wire.OutRecord;
import io.clew.coordinator.wire.Standing;
import io.clew.coordinator.wire.TransitionWriter;
import io.clew.saga.Batch;
import io.clew.saga.BatchWriter;
import io.clew.saga.Change;
import io.clew.saga.ChildSagas;
import io.clew.saga.CommitFence;
import io.clew.saga.Effect;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes and checks all that an input leads to; only then stores and forwards it. */
final class OutputWriter implements BatchWriter<Prepared> {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutputWriter.class);

    private final ProcessorContext<byte[], OutRecord> context;
    private final EngineParts parts;
    private final StoreRows rows;
    private final RowWatcher watcher;
    private final RowChanges changes;
    private final CommandWriter commands;
    private final KinWriter kin;
    private final TransitionWriter transitions;
    private final DeadLetters deadLetters;
    private final CommitFence fence;

    OutputWriter(
            ProcessorContext<byte[], OutRecord> context,
            EngineParts parts,
            StoreRows rows,
            RowWatcher watcher) {
        this.context = context;
        this.parts = parts;
        this.rows = rows;
        this.watcher = watcher;
        EngineTopics topics = parts.settings().topics();
        this.changes = new RowChanges(rows, parts.settings().maxRowBytes());
        this.commands = new CommandWriter(parts.inbox(), parts.tokens());
        this.kin = new KinWriter(parts.tokens());
        this.transitions = new TransitionWriter(parts.transitionSchemaId(), topics.inbox());
        this.deadLetters = new DeadLetters(topics.deadLetters(), topics.inbox());
        this.fence = new CommitFence(parts.commits());
    }

    @Override
    public Prepared prepare(Batch batch) {
        List<Prepared.Put> puts = new ArrayList<>();
        List<Prepared.Out> outs = new ArrayList<>();
        Optional<SagaInstance> after = Optional.empty();
        for (Change change : batch.changes()) {
            changes.add(change, puts);
            if (change instanceof Change.PutInstance put) {
                after = Optional.of(put.after());
            }
        }
        for (Effect effect : batch.effects()) {
            out(effect, after).ifPresent(outs::add);
        }
        return new Prepared(batch, puts, outs);
    }

    @Override
    public void commit(Prepared prepared) {
        try {
            // Commands first: somebody waits for them, and they are on their way while the rest is
            // written.
            prepared.outs().forEach(this::forward);
            rows.put(prepared.puts());
        } catch (RuntimeException broken) {
            // Half of a transition must never be committed: this ends the transaction instead.
            throw new StreamsException("Expected to write what was prepared but could not", broken);
        }
        prepared.batch().changes().forEach(this::notice);
        tell(prepared.batch());
        if (fence.note(prepared.batch())) {
            context.commit();
        }
    }

    @Override
    public boolean awaitsCommit(SagaId saga) {
        return fence.holds(saga);
    }

    /** Sends a dead letter whose key may be anything. */
    void deadLetter(byte[] key, Effect.DeadLetter letter) {
        OutRecord record = deadLetters.write(key, letter, now());
        parts.metrics().deadLetters.increment();
        forward(new Prepared.Out(SagaTopology.DEAD_LETTERS, bounded(record)));
    }

    private Optional<Prepared.Out> out(Effect effect, Optional<SagaInstance> after) {
        return switch (effect) {
            case Effect.SendCommand send ->
                    Optional.of(checked(SagaTopology.COMMANDS, commands.write(send.command())));
            case Effect.PublishTransition publish ->
                    Optional.of(
                            checked(SagaTopology.EVENTS, transition(publish.transition(), after)));
            case Effect.Archive archive ->
                    Optional.of(
                            new Prepared.Out(
                                    SagaTopology.ARCHIVE, bounded(snapshot(archive.instance()))));
            case Effect.AnswerParent answer ->
                    Optional.of(checked(SagaTopology.COMMANDS, kin.answer(answer)));
            case Effect.TellChild told ->
                    Optional.of(new Prepared.Out(SagaTopology.COMMANDS, KinWriter.end(told)));
            case Effect.Answered ignored -> Optional.empty();
            case Effect.Unclaimed unclaimed ->
                    Optional.of(
                            new Prepared.Out(
                                    SagaTopology.DEAD_LETTERS,
                                    bounded(deadLetters.write(unclaimed, now()))));
            case Effect.DeadLetter letter ->
                    Optional.of(
                            new Prepared.Out(
                                    SagaTopology.DEAD_LETTERS,
                                    bounded(deadLetters.write(letter, now()))));
        };
    }

    private OutRecord transition(Transition transition, Optional<SagaInstance> after) {
        Standing standing =
                after.or(() -> rows.instance(transition.saga()))
                        .map(Standing::of)
                        .or(() -> rows.marker(transition.saga()).map(Standing::of))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "Expected rows of " + transition.saga()));
        return new OutRecord(
                parts.settings().topics().events(),
                Inbox.key(transition.saga()),
                transitions.write(transition, standing),
                new RecordHeaders());
    }

    private OutRecord snapshot(SagaInstance saga) {
        return new OutRecord(
                parts.settings().topics().archive(),
                Inbox.key(saga.id()),
                InstanceCodec.encode(saga),
                new RecordHeaders());
    }

    private Prepared.Out checked(String sink, OutRecord record) {
        int limit = parts.settings().maxRecordBytes();
        if (record.size() > limit) {
            throw new IllegalArgumentException(
                    "Expected at most "
                            + limit
                            + " bytes for "
                            + record.topic()
                            + (" but got " + record.size()));
        }
        return new Prepared.Out(sink, record);
    }

    /**
     * A dead letter never fails, and a saga must be able to end: what is too large goes without its
     * value.
     */
    private OutRecord bounded(OutRecord record) {
        return record.size() <= parts.settings().maxRecordBytes()
                ? record
                : new OutRecord(record.topic(), record.key(), null, record.headers());
    }

    /**
     * A command to a topic that is gone is lost with it, as if sent just before: it was decided
     * like one that was sent, and its silence makes it be sent again.
     */
    private void forward(Prepared.Out out) {
        OutRecord record = out.record();
        // Without a topic of its own the engine stands still, and nothing for it is lost.
        boolean command =
                out.sink().equals(SagaTopology.COMMANDS)
                        && !record.topic().equals(ChildSagas.TOPIC);
        if (command && !parts.topics().test(record.topic())) {
            parts.metrics().unsent.increment();
            Keys.sagaId(record.key()).ifPresent(it -> watcher.unsent(it, record.topic()));
            return;
        }
        context.forward(
                new Record<>(record.key(), record, context.currentSystemTimeMs(), record.headers()),
                out.sink());
    }

    private void notice(Change change) {
        switch (change) {
            case Change.PutInstance put -> rows.remember(put.after());
            case Change.PutTimer put -> watcher.armed(put.dueAt());
            case Change.DeleteTimer delete -> watcher.disarmed(delete.dueAt(), delete.saga());
            case Change.Enqueue enqueue -> {
                parts.metrics().kept.increment();
                watcher.queued(enqueue.input().saga());
            }
            case Change.DeleteInstance ignored -> {}
            case Change.PutMarker ignored -> {}
            case Change.NoteIncident ignored -> {}
            case Change.PutPauses ignored -> {}
            case Change.ForgetIncident ignored -> {}
            case Change.DeleteMarker ignored -> {}
            case Change.PutEarly ignored -> {}
            case Change.DeleteEarly ignored -> {}
            case Change.Dequeue ignored -> {}
        }
    }

    private void tell(Batch batch) {
        Optional<SagaInstance> after = Optional.empty();
        for (Change change : batch.changes()) {
            if (change instanceof Change.PutInstance put) {
                after = Optional.of(put.after());
            }
        }
        for (Effect effect : batch.effects()) {
            count(effect);
            tell(effect, after);
        }
    }

    /** All is written by now: whoever listens must not make it look as if it had failed. */
    private void tell(Effect effect, Optional<SagaInstance> after) {
        try {
            if (effect instanceof Effect.PublishTransition publish) {
                parts.listener().onTransition(after, publish.transition());
            } else if (effect instanceof Effect.Answered answered) {
                parts.listener().onAnswer(answered.saga(), answered.cause(), answered.rejection());
            }
        } catch (RuntimeException deaf) {
            LOGGER.error("Expected {} to be heard but it was not", effect, deaf);
        }
    }

    private void count(Effect effect) {
        EngineMetrics metrics = parts.metrics();
        switch (effect) {
            case Effect.SendCommand ignored -> metrics.commands.increment();
            case Effect.PublishTransition publish -> {
                if (publish.transition().answer().isPresent()) {
                    metrics.rejections.increment();
                } else {
                    metrics.transitions.increment();
                }
            }
            case Effect.Archive ignored -> {}
            case Effect.AnswerParent ignored -> {}
            case Effect.TellChild ignored -> {}
            case Effect.Answered ignored -> {}
            case Effect.Unclaimed ignored -> metrics.deadLetters.increment();
            case Effect.DeadLetter ignored -> metrics.deadLetters.increment();
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
