package io.clew.coordinator.query;

import io.clew.avro.AvroFrame;
import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Definitions;
import io.clew.saga.Migration;
import io.clew.saga.NotYetException;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Answers for one saga: from here if this instance can, else with whom to ask. */
public final class SagaQueries {

    private final EngineView engine;
    private final Definitions definitions;
    private final ResultReader results;
    private final SagaWatch watch;

    public SagaQueries(
            EngineView engine, Definitions definitions, ResultReader results, SagaWatch watch) {
        this.engine = engine;
        this.definitions = definitions;
        this.results = results;
        this.watch = watch;
    }

    /**
     * Where a saga stands.
     *
     * @param forwarded whether another instance asks: then nobody else is to be asked
     */
    public Answer<SagaStatus> status(SagaId saga, boolean forwarded) {
        EngineView.Placement placement = engine.placement(saga);
        if (!placement.here() && !forwarded) {
            List<URI> nodes = nodes(placement);
            if (!nodes.isEmpty()) {
                return new Answer.OnOtherNode<>(nodes);
            }
        }
        return here(saga);
    }

    /** What this instance's rows say, whoever owns the saga. */
    public Answer<SagaStatus> here(SagaId saga) {
        return switch (engine.read(saga)) {
            case EngineView.Rows.Unavailable away -> new Answer.NotReady<>(away.reason());
            case EngineView.Rows.Here rows -> answer(saga, rows);
        };
    }

    /** As {@link #status}, once the saga has ended or {@code limit} has passed. */
    public Answer<SagaStatus> awaitEnd(SagaId saga, boolean forwarded, Duration limit) {
        AtomicReference<Answer<SagaStatus>> last = new AtomicReference<>(new Answer.NotFound<>());
        boolean ended =
                watch.await(
                        saga,
                        SagaWatch.For.END,
                        limit,
                        () -> settled(last.updateAndGet(before -> status(saga, forwarded))),
                        () -> !engine.placement(saga).here());
        return ended ? last.get() : status(saga, forwarded);
    }

    /** Waits until this instance has processed the inbox up to a position, if it is the owner. */
    public boolean awaitPosition(SagaId saga, int partition, long offset, Duration limit) {
        return watch.await(
                saga,
                SagaWatch.For.MOVE,
                limit,
                () -> !engine.placement(saga).here() || engine.processed(partition) >= offset,
                () -> true);
    }

    /**
     * Why a saga cannot go on by this version, as this instance's rows say; empty if it can, or if
     * that cannot be said here.
     */
    public List<String> obstacles(SagaId saga, SagaDefinition to) {
        Optional<SagaInstance> instance = instance(saga);
        Optional<SagaDefinition> from = instance.flatMap(it -> definitions.find(it.definition()));
        if (from.isEmpty()) {
            return List.of();
        }
        if (instance.get().isProvisional()) {
            return List.of("it is complete, and waits for its parent alone");
        }
        try {
            return Migration.problems(from.get(), to, instance.get());
        } catch (NotYetException wait) {
            // A result cannot be read at present: the saga decides once it can.
            return List.of();
        }
    }

    /** Whether a saga that is here goes by this version. */
    boolean follows(SagaId saga, DefinitionRef version) {
        return instance(saga).filter(it -> it.definition().equals(version)).isPresent();
    }

    private Optional<SagaInstance> instance(SagaId saga) {
        return engine.read(saga) instanceof EngineView.Rows.Here rows
                ? rows.instance()
                : Optional.empty();
    }

    /** Whether a saga id is free for an event. */
    public sealed interface Taken {

        /** Nobody is known to have it; the inbox decides. */
        record Free() implements Taken {}

        /** By a saga of this event, or of one that cannot be told from it any more. */
        record ByTheSame(SagaStatus status) implements Taken {}

        record ByAnother() implements Taken {}
    }

    /** What this instance's rows say about who has a saga id, for one who wants to start it. */
    public Taken taken(SagaId saga, Bytes event) {
        if (!(engine.read(saga) instanceof EngineView.Rows.Here rows)
                || !(answer(saga, rows) instanceof Answer.Found<SagaStatus> found)) {
            return new Taken.Free();
        }
        boolean another =
                rows.instance()
                        .map(SagaInstance::event)
                        .filter(it -> differ(it, event))
                        .isPresent();
        return another ? new Taken.ByAnother() : new Taken.ByTheSame(found.value());
    }

    /** Events written by different schemas may mean the same: then the business key decides. */
    private static boolean differ(Bytes one, Bytes other) {
        return AvroFrame.schemaId(one.array()) == AvroFrame.schemaId(other.array())
                && !one.equals(other);
    }

    /** Others that hold a saga, its owner first; empty if this instance owns it. */
    public List<URI> elsewhere(SagaId saga) {
        EngineView.Placement placement = engine.placement(saga);
        return placement.here() ? List.of() : nodes(placement);
    }

    private Answer<SagaStatus> answer(SagaId saga, EngineView.Rows.Here rows) {
        if (rows.instance().isPresent()) {
            SagaInstance instance = rows.instance().get();
            return new Answer.Found<>(
                    StatusWriter.status(
                            instance,
                            definitions.find(instance.definition()),
                            results.of(instance),
                            rows));
        }
        if (rows.noted().isPresent()) {
            return new Answer.Found<>(StatusWriter.withoutInstance(saga, rows.noted().get(), rows));
        }
        if (rows.unreadable().isPresent()) {
            return new Answer.NotReady<>("its row cannot be read: " + rows.unreadable().get());
        }
        if (rows.marker().isPresent()) {
            return new Answer.Found<>(StatusWriter.status(rows.marker().get(), rows));
        }
        if (rows.queued().isPresent()) {
            return new Answer.NotReady<>("its start is kept: " + rows.queued().get().waitsFor());
        }
        return rows.source().active() && rows.source().live()
                ? new Answer.NotFound<>()
                : new Answer.NotReady<>("the owner of this saga is not known to be live");
    }

    private static boolean settled(Answer<SagaStatus> answer) {
        return switch (answer) {
            case Answer.Found<SagaStatus> found -> found.value().endedAt().isPresent();
            case Answer.OnOtherNode<SagaStatus> ignored -> true;
            case Answer.NotFound<SagaStatus> ignored -> false;
            case Answer.NotReady<SagaStatus> ignored -> false;
        };
    }

    private static List<URI> nodes(EngineView.Placement placement) {
        List<URI> nodes = new ArrayList<>(placement.owner().stream().toList());
        nodes.addAll(placement.standbys());
        return nodes;
    }
}
