package io.clew.coordinator.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of one partition below their changelog. What it is given is kept as it is; what comes back
 * from the changelog, after a loss or on a standby, brings its {@link Hints} along.
 */
final class DerivingStore implements KeyValueStore<Bytes, byte[]> {
    private static final Logger LOGGER = LoggerFactory.getLogger(DerivingStore.class);

    private final KeyValueStore<Bytes, byte[]> rows;
    private final LocalStores stores;
    private int partition = -1;

    /** While all there is has come from the changelog: which keys have. */
    private @Nullable SeenKeys restored;

    DerivingStore(KeyValueStore<Bytes, byte[]> rows, LocalStores stores) {
        this.rows = rows;
        this.stores = stores;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        rows.init(new RestoringContext(context, this::restore), root);
        try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
            restored = all.hasNext() ? null : new SeenKeys();
        }
        partition = context.taskId().partition();
        stores.opened(partition, this);
    }

    @Override
    public void close() {
        stores.closed(partition, this);
        rows.close();
    }

    /** Rows of changelogs that still had hints are passed over: the right ones are made here. */
    void restore(Collection<KeyValue<byte[], byte[]>> records) {
        Map<Bytes, byte @Nullable []> last = new LinkedHashMap<>();
        for (KeyValue<byte[], byte[]> record : records) {
            Bytes key = Bytes.wrap(record.key);
            if (!Hints.is(key)) {
                last.put(key, record.value);
            }
        }
        // What goes stands before what comes: of a key in both, the later write counts.
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>();
        List<KeyValue<Bytes, byte[]>> there = new ArrayList<>();
        last.forEach(
                (key, row) -> {
                    if (Hints.followFrom(key)) {
                        List<Bytes> now = hints(key, row);
                        for (Bytes hint : hints(key, before(key))) {
                            if (!now.contains(hint)) {
                                batch.add(gone(hint));
                            }
                        }
                        now.forEach(hint -> there.add(thereIs(hint)));
                    }
                    there.add(KeyValue.pair(key, row));
                });
        batch.addAll(there);
        rows.putAll(batch);
    }

    /** The row there is; most have none, and the store need not be asked for that. */
    private byte @Nullable [] before(Bytes key) {
        SeenKeys all = restored;
        return all == null || all.seen(key) ? rows.get(key) : null;
    }

    private static KeyValue<Bytes, byte[]> gone(Bytes key) {
        return KeyValue.pair(key, null);
    }

    private static KeyValue<Bytes, byte[]> thereIs(Bytes hint) {
        return KeyValue.pair(hint, Hints.row());
    }

    /** A row that cannot be read is left to whoever asks for its saga. */
    private static List<Bytes> hints(Bytes key, byte @Nullable [] row) {
        if (row == null) {
            return List.of();
        }
        try {
            return Hints.of(key, row);
        } catch (RuntimeException unreadable) {
            LOGGER.error("Expected to read the row {} but could not", key, unreadable);
            return List.of();
        }
    }

    @Override
    public void put(Bytes key, byte @Nullable [] row) {
        restored = null;
        rows.put(key, row);
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] row) {
        restored = null;
        return rows.putIfAbsent(key, row);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        restored = null;
        rows.putAll(entries);
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        return rows.delete(key);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return rows.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return rows.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return rows.reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return rows.all();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return rows.reverseAll();
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(
            P prefix, S serializer) {
        return rows.prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return rows.approximateNumEntries();
    }

    @Override
    public String name() {
        return rows.name();
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        rows.commit(offsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return rows.committedOffset(partition);
    }

    /** Streams still asks, and the rows' offsets stand beside them. */
    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return rows.managesOffsets();
    }

    @Override
    public boolean persistent() {
        return rows.persistent();
    }

    @Override
    public boolean isOpen() {
        return rows.isOpen();
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        return rows.query(query, bound, config);
    }

    @Override
    public Position getPosition() {
        return rows.getPosition();
    }
}
