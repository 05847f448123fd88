package io.clew.coordinator.engine;

import io.clew.coordinator.wire.EarlyCodec;
import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.MarkerCodec;
import io.clew.coordinator.wire.QueuedInputCodec;
import io.clew.saga.Change;
import io.clew.saga.Early;
import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.Pauses;
import io.clew.saga.Position;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.testkit.SimulatedStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/**
 * The engine's rows for the simulation. What follows from other rows is checked whenever they are
 * copied, which is at each commit.
 */
final class RowStore implements SimulatedStore {
    private final SortedStore store;
    private final StoreRows rows;

    RowStore(SortedStore store) {
        this.store = store;
        this.rows = new StoreRows(store, store);
    }

    StoreRows rows() {
        return rows;
    }

    @Override
    public Optional<SagaInstance> instance(SagaId id) {
        return rows.instance(id);
    }

    @Override
    public Optional<Marker> marker(SagaId id) {
        return rows.marker(id);
    }

    @Override
    public Optional<Early> early(SagaId id) {
        return rows.early(id);
    }

    @Override
    public Pauses pauses() {
        return rows.pauses();
    }

    @Override
    public Optional<Incident> noted(SagaId id) {
        return rows.noted(id);
    }

    @Override
    public Optional<QueuedInput> firstQueued(SagaId id) {
        return rows.firstQueued(id);
    }

    @Override
    public Optional<QueuedInput> queuedAfter(SagaId id, Position position) {
        return rows.queuedAfter(id, position);
    }

    /** The engine's own writer has written the rows already. */
    @Override
    public void apply(Change change) {}

    @Override
    public RowStore copy() {
        checkDerived();
        return new RowStore(store.copy());
    }

    @Override
    public SortedMap<SagaId, SagaInstance> instances() {
        SortedMap<SagaId, SagaInstance> all = new TreeMap<>();
        store.kind(Keys.INSTANCE)
                .forEach((key, row) -> all.put(id(key), InstanceCodec.decode(id(key), row)));
        return all;
    }

    @Override
    public SortedMap<SagaId, Marker> markers() {
        SortedMap<SagaId, Marker> all = new TreeMap<>();
        store.kind(Keys.MARKER)
                .forEach((key, row) -> all.put(id(key), MarkerCodec.decode(id(key), row)));
        return all;
    }

    private static SagaId id(Bytes key) {
        return Keys.saga(key);
    }

    @Override
    public SortedSet<TimerRow> timers() {
        SortedSet<TimerRow> all = new TreeSet<>();
        for (Bytes key : store.kind(Keys.TIMER).keySet()) {
            all.add(new TimerRow(Keys.timerDue(key), Keys.timerSaga(key)));
        }
        return all;
    }

    @Override
    public SortedMap<SagaId, List<QueuedInput>> queued() {
        SortedMap<SagaId, List<QueuedInput>> all = new TreeMap<>();
        store.kind(Keys.QUEUE)
                .forEach(
                        (key, row) -> {
                            SagaId saga = Keys.queueSaga(key);
                            List<QueuedInput> kept =
                                    all.computeIfAbsent(saga, it -> new ArrayList<>());
                            if (!key.equals(Keys.queueHead(saga))) {
                                kept.add(QueuedInputCodec.decode(row));
                            }
                        });
        return all;
    }

    @Override
    public boolean holds(SagaInstance saga) {
        byte[] row = store.get(Keys.instance(saga.id()));
        return row != null && Arrays.equals(row, InstanceCodec.encode(saga));
    }

    @Override
    public Optional<Object> row(SagaId saga) {
        return Optional.ofNullable(store.get(Keys.instance(saga))).map(HexFormat.of()::formatHex);
    }

    @Override
    public SortedMap<String, Object> contents() {
        SortedMap<String, Object> contents = new TreeMap<>();
        store.rows()
                .forEach(
                        (key, row) -> {
                            if (!IndexKeys.isNoted(key)) {
                                contents.put(key.toString(), HexFormat.of().formatHex(row));
                            }
                        });
        return contents;
    }

    /** Index rows, timers and heads of queues are those that follow from the rest. */
    private void checkDerived() {
        SortedSet<Bytes> index = new TreeSet<>();
        SortedSet<Bytes> timers = new TreeSet<>();
        for (SagaInstance saga : instances().values()) {
            index.addAll(IndexKeys.of(saga));
            saga.timer().ifPresent(due -> timers.add(Keys.timer(due, saga.id())));
        }
        for (Marker marker : markers().values()) {
            timers.add(Keys.timer(marker.expiresAt(), marker.id()));
        }
        store.kind(Keys.EARLY)
                .forEach(
                        (key, row) -> {
                            Early early = EarlyCodec.decode(id(key), row);
                            timers.add(Keys.timer(early.until(), early.id()));
                        });
        same("index", index, store.kind(Keys.INDEX).navigableKeySet());
        same("timer", timers, store.kind(Keys.TIMER).navigableKeySet());
        queued().forEach(this::checkHead);
    }

    private void checkHead(SagaId saga, List<QueuedInput> kept) {
        Optional<InboxPlace> first =
                kept.stream().map(it -> rows.place(it.raw().position())).findFirst();
        Optional<InboxPlace> head = rows.queueHead(saga);
        if (first.isEmpty() || !first.equals(head)) {
            throw new IllegalStateException(
                    "Expected the queue of " + saga + " to begin at " + first + " but got " + head);
        }
    }

    private static void same(String what, SortedSet<Bytes> expected, SortedSet<Bytes> stored) {
        if (!stored.equals(expected)) {
            throw new IllegalStateException(
                    "Expected " + what + " rows " + expected + " but got " + stored);
        }
    }
}
