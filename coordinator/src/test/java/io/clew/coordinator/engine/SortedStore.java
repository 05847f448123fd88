package io.clew.coordinator.engine;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A key-value store in memory that can be copied. */
final class SortedStore implements KeyValueStore<Bytes, byte[]> {
    private final NavigableMap<Bytes, byte[]> rows;
    private final BiFunction<Bytes, Optional<byte[]>, Optional<byte[]>> written;

    /**
     * @param written what is written in place of a row; empty deletes it
     */
    SortedStore(BiFunction<Bytes, Optional<byte[]>, Optional<byte[]>> written) {
        this(new TreeMap<>(), written);
    }

    private SortedStore(
            NavigableMap<Bytes, byte[]> rows,
            BiFunction<Bytes, Optional<byte[]>, Optional<byte[]>> written) {
        this.rows = rows;
        this.written = written;
    }

    SortedStore copy() {
        return new SortedStore(new TreeMap<>(rows), written);
    }

    NavigableMap<Bytes, byte[]> rows() {
        return Collections.unmodifiableNavigableMap(rows);
    }

    /** The rows of this kind. */
    NavigableMap<Bytes, byte[]> kind(byte kind) {
        return rows.subMap(Keys.first(kind), true, Keys.last(kind), false);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return rows.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        written.apply(key, Optional.ofNullable(value))
                .ifPresentOrElse(row -> rows.put(key, row), () -> rows.remove(key));
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte[] before = rows.get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(it -> put(it.key, it.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] before = rows.get(key);
        put(key, null);
        return before;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new Walk(rows.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Walk(rows);
    }

    @Override
    public long approximateNumEntries() {
        return rows.size();
    }

    @Override
    public String name() {
        return SagaTopology.STORE;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Over the rows as they are now. */
    private static final class Walk implements KeyValueIterator<Bytes, byte[]> {
        private final NavigableMap<Bytes, byte[]> left;
        private @Nullable Bytes last;

        Walk(NavigableMap<Bytes, byte[]> rows) {
            left = rows;
        }

        private Iterator<Map.Entry<Bytes, byte[]>> rest() {
            NavigableMap<Bytes, byte[]> rest = last == null ? left : left.tailMap(last, false);
            return rest.entrySet().iterator();
        }

        @Override
        public boolean hasNext() {
            return rest().hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Map.Entry<Bytes, byte[]> entry = rest().next();
            last = entry.getKey();
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        @Override
        public Bytes peekNextKey() {
            return rest().next().getKey();
        }

        @Override
        public void close() {}
    }
}
