package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happens when the shell itself throws: the input is kept with its saga under an incident, so
 * that no saga is stuck without anybody knowing.
 *
 * <p>The incident is raised in the instance if that can be done. If not (there is none, its row
 * cannot be read, it has ended) it is noted beside it, in a row that needs nothing of what threw.
 *
 * @param <P> what {@link BatchWriter} prepares
 */
final class LastNet<P> {
    private static final int LONGEST = 1000;

    private final InputCodec codec;
    private final SagaRows rows;
    private final BatchWriter<P> writer;

    LastNet(InputCodec codec, SagaRows rows, BatchWriter<P> writer) {
        this.codec = codec;
        this.rows = rows;
        this.writer = writer;
    }

    /** Keeps an input that was on its way in. */
    void isolate(SagaId saga, RawInput raw, RuntimeException broken) {
        Optional<QueuedInput> head;
        try {
            head = rows.firstQueued(saga);
        } catch (UnreadableRowException unreadable) {
            keepBehind(saga, raw, Optional.of(unreadable));
            return;
        }
        boolean later = head.filter(it -> !it.raw().position().covers(raw.position())).isPresent();
        if (later) {
            keepBehind(saga, raw, Optional.empty());
        } else {
            raise(failed(saga, raw, broken));
        }
    }

    /** Marks the oldest input kept with a saga as one that failed. */
    void isolateHead(SagaId saga, RuntimeException broken, Instant now) {
        try {
            rows.firstQueued(saga)
                    .filter(it -> it.fault().isEmpty())
                    .ifPresent(it -> raise(failed(saga, it.raw(), broken)));
        } catch (UnreadableRowException unreadable) {
            if (rows.noted(saga).isEmpty()) {
                Change note = new Change.NoteIncident(saga, incident(unreadable, now));
                writer.commit(writer.prepare(new Batch(List.of(note), List.of())));
            }
        }
    }

    /**
     * The saga, if operators can do anything to it but hand its kept input in again. It has an
     * incident from now on, if it had none.
     */
    Optional<SagaInstance> live(SagaId saga, QueuedInput failed) {
        Optional<SagaInstance> live;
        try {
            live = rows.instance(saga).filter(it -> it.endedAt().isEmpty());
        } catch (UnreadableRowException unreadable) {
            return Optional.empty();
        }
        if (live.filter(it -> it.incident().isEmpty()).isPresent()) {
            Batch raised = Plan.raised(live.get(), failed, kind(failed.raw()));
            writer.commit(writer.prepare(raised));
            return rows.instance(saga);
        }
        return live;
    }

    private void raise(QueuedInput failed) {
        Optional<P> inInstance = inInstance(failed);
        if (inInstance.isPresent()) {
            writer.commit(inInstance.get());
            return;
        }
        Incident incident =
                Incident.ofInput(
                        kind(failed.raw()),
                        failed.raw().position(),
                        failed.fault().orElseThrow(),
                        failed.raw().timestamp());
        List<Change> noted = new ArrayList<>();
        noted.add(new Change.Enqueue(failed));
        noted.add(new Change.NoteIncident(failed.saga(), incident));
        keep(failed.raw(), noted, failed.fault().orElseThrow());
    }

    /** Raised in the instance; empty if that cannot be done, for whatever reason. */
    private Optional<P> inInstance(QueuedInput failed) {
        try {
            return rows.instance(failed.saga())
                    .filter(it -> it.endedAt().isEmpty())
                    .map(it -> writer.prepare(Plan.raised(it, failed, kind(failed.raw()))));
        } catch (RuntimeException alsoBroken) {
            return Optional.empty();
        }
    }

    private void keepBehind(
            SagaId saga, RawInput raw, Optional<UnreadableRowException> unreadable) {
        List<Change> changes = new ArrayList<>();
        String why = "waits behind an input that failed";
        changes.add(new Change.Enqueue(new QueuedInput(saga, raw, why, Optional.empty())));
        unreadable
                .filter(it -> rows.noted(saga).isEmpty())
                .map(it -> new Change.NoteIncident(saga, incident(it, raw.timestamp())))
                .ifPresent(changes::add);
        keep(raw, changes, why);
    }

    /** What is too large to be kept is a dead letter. */
    private void keep(RawInput raw, List<Change> changes, String why) {
        P prepared;
        try {
            prepared = writer.prepare(new Batch(changes, List.of()));
        } catch (IllegalArgumentException tooLarge) {
            prepared = writer.prepare(Plan.deadLetter(raw, "UNPROCESSABLE", why));
        }
        writer.commit(prepared);
    }

    private static QueuedInput failed(SagaId saga, RawInput raw, RuntimeException broken) {
        return new QueuedInput(
                saga, raw, QueuedInput.OPERATOR, Optional.of(shortened(String.valueOf(broken))));
    }

    private static Incident incident(UnreadableRowException unreadable, Instant at) {
        String reason =
                "what is kept with it cannot be read ("
                        + shortened(String.valueOf(unreadable.getMessage()))
                        + "); another version of the coordinator may be able to";
        return new Incident(Incident.Code.INPUT_FAULT, reason, "", at);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    /** The word for it, if it can be read at all. */
    private String kind(RawInput raw) {
        try {
            return codec.decode(raw) instanceof InputCodec.Decoded.Readable readable
                    ? readable.input().kind()
                    : "input";
        } catch (RuntimeException unreadable) {
            return "input";
        }
    }
}
