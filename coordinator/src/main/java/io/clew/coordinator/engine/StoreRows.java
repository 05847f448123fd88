package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.coordinator.wire.EarlyCodec;
import io.clew.coordinator.wire.IncidentCodec;
import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.MarkerCodec;
import io.clew.coordinator.wire.PausesCodec;
import io.clew.coordinator.wire.QueuedInputCodec;
import io.clew.saga.Early;
import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.Pauses;
import io.clew.saga.Position;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaRows;
import io.clew.saga.UnreadableRowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The rows of one partition. All writes of the engine go through {@link #put}. */
final class StoreRows implements SagaRows {
    private final KeyValueStore<Bytes, byte[]> store;
    private final KeyValueStore<Bytes, byte[]> hints;
    private @Nullable SagaInstance lastRead;
    private @Nullable Pauses pauses;
    private @Nullable List<String> inboxTopics;
    private boolean anyQueued;
    private boolean anyEarly;

    /**
     * @param store all rows; what is written goes to the changelog too
     * @param hints the same rows, past the changelog
     */
    StoreRows(KeyValueStore<Bytes, byte[]> store, KeyValueStore<Bytes, byte[]> hints) {
        this.store = store;
        this.hints = hints;
        this.anyQueued = any(Keys.QUEUE);
        this.anyEarly = any(Keys.EARLY);
    }

    @Override
    public Optional<SagaInstance> instance(SagaId id) {
        SagaInstance last = lastRead;
        if (last != null && last.id().equals(id)) {
            return Optional.of(last);
        }
        byte[] row = store.get(Keys.instance(id));
        if (row == null) {
            return Optional.empty();
        }
        SagaInstance saga = readable("the row of " + id, () -> InstanceCodec.decode(id, row));
        lastRead = saga;
        return Optional.of(saga);
    }

    @Override
    public Optional<Marker> marker(SagaId id) {
        return Optional.ofNullable(store.get(Keys.marker(id)))
                .map(row -> readable("the marker of " + id, () -> MarkerCodec.decode(id, row)));
    }

    @Override
    public Optional<Early> early(SagaId id) {
        return anyEarly
                ? Optional.ofNullable(store.get(Keys.early(id)))
                        .map(row -> readable("what came early", () -> EarlyCodec.decode(id, row)))
                : Optional.empty();
    }

    @Override
    public Optional<QueuedInput> firstQueued(SagaId id) {
        return queueHead(id)
                .flatMap(place -> Optional.ofNullable(store.get(Keys.queued(id, place))))
                .map(row -> kept(id, row));
    }

    @Override
    public Pauses pauses() {
        Pauses known = pauses;
        if (known == null) {
            byte[] row = store.get(Keys.PAUSES);
            known =
                    row == null
                            ? Pauses.NONE
                            : readable("what is paused", () -> PausesCodec.decode(row));
            pauses = known;
        }
        return known;
    }

    @Override
    public Optional<Incident> noted(SagaId id) {
        return anyQueued
                ? Optional.ofNullable(store.get(IndexKeys.noted(id))).map(IncidentCodec::decode)
                : Optional.empty();
    }

    /** Place of the oldest input kept with this saga. */
    Optional<InboxPlace> queueHead(SagaId id) {
        return anyQueued
                ? Optional.ofNullable(store.get(Keys.queueHead(id))).map(InboxPlace::read)
                : Optional.empty();
    }

    @Override
    public Optional<QueuedInput> queuedAfter(SagaId id, Position position) {
        Bytes from = Keys.after(Keys.queued(id, place(position)));
        try (KeyValueIterator<Bytes, byte[]> next = store.range(from, Keys.queueEnd(id))) {
            return next.hasNext() ? Optional.of(kept(id, next.next().value)) : Optional.empty();
        }
    }

    /** Place of the oldest input kept with this saga that stands after {@code place}. */
    Optional<InboxPlace> queuedPlaceAfter(SagaId id, InboxPlace place) {
        Bytes from = Keys.after(Keys.queued(id, place));
        try (KeyValueIterator<Bytes, byte[]> next = store.range(from, Keys.queueEnd(id))) {
            return next.hasNext()
                    ? Optional.of(Keys.queuedPlace(next.peekNextKey()))
                    : Optional.empty();
        }
    }

    /** Where a record stands among all this partition has seen. */
    InboxPlace place(Position position) {
        int epoch = inboxTopics().lastIndexOf(position.topicId());
        return new InboxPlace(epoch < 0 ? inboxTopics().size() : epoch, position.offset());
    }

    /** Ids of the inbox topics this partition has had, the oldest first. */
    List<String> inboxTopics() {
        List<String> known = inboxTopics;
        if (known == null) {
            byte[] row = store.get(Keys.TOPICS);
            known = row == null ? List.of() : List.of(new String(row, UTF_8).split(" "));
            inboxTopics = known;
        }
        return known;
    }

    private static QueuedInput kept(SagaId id, byte[] row) {
        return readable("an input kept with " + id, () -> QueuedInputCodec.decode(row));
    }

    private static <T> T readable(String what, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (RuntimeException bad) {
            throw new UnreadableRowException(what, bad);
        }
    }

    boolean any(byte kind) {
        try (KeyValueIterator<Bytes, byte[]> rows = range(Keys.first(kind), Keys.last(kind))) {
            return rows.hasNext();
        }
    }

    /** Rows from one key to another in order; must be closed. */
    KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return store.range(from, to);
    }

    byte @Nullable [] get(Bytes key) {
        return store.get(key);
    }

    /** Writes what one input leads to; all hints of it at once. */
    void put(List<Prepared.Put> puts) {
        List<KeyValue<Bytes, byte[]>> together = new ArrayList<>();
        for (Prepared.Put put : puts) {
            if (Hints.is(put.key())) {
                together.add(KeyValue.pair(put.key(), put.value()));
            } else {
                put(put.key(), put.value());
            }
        }
        if (!together.isEmpty()) {
            hints.putAll(together);
        }
    }

    void put(Bytes key, byte @Nullable [] value) {
        byte kind = key.get()[0];
        if (kind == Keys.INSTANCE) {
            lastRead = null;
        } else if (kind == Keys.EARLY) {
            anyEarly = true;
        } else if (kind == Keys.QUEUE) {
            anyQueued = true;
        } else if (key.equals(Keys.PAUSES)) {
            pauses = null;
        } else if (key.equals(Keys.TOPICS)) {
            inboxTopics = null;
        }
        // Not delete(): it reads what it deletes.
        (Hints.is(key) ? hints : store).put(key, value);
    }

    /** After a write of its row: saves decoding it again when the next input comes. */
    void remember(SagaInstance saga) {
        lastRead = saga;
    }

    /** Once nothing is queued any more, no input needs to look. */
    void noneQueued() {
        anyQueued = false;
    }
}
