package io.clew.coordinator.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Makes the stores of all partitions, and knows those that are open here: the owner's, which may be
 * written past the changelog, and copies. Safe for many threads: who reads here holds up no stream
 * thread, as asking Kafka Streams for a store does.
 */
final class LocalStores implements KeyValueBytesStoreSupplier {
    private final Map<Integer, DerivingStore> open = new ConcurrentHashMap<>();
    private final KeyValueBytesStoreSupplier rows =
            Stores.persistentKeyValueStore(SagaTopology.STORE);

    @Override
    public String name() {
        return rows.name();
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new DerivingStore(rows.get(), this);
    }

    @Override
    public String metricsScope() {
        return rows.metricsScope();
    }

    /**
     * All rows of a partition without their changelog.
     *
     * @throws InvalidStateStoreException if the partition is not held here
     */
    KeyValueStore<Bytes, byte[]> of(int partition) {
        DerivingStore store = open.get(partition);
        if (store == null) {
            throw new InvalidStateStoreException(
                    "partition " + partition + " of the inbox is not held here");
        }
        return store;
    }

    void opened(int partition, DerivingStore store) {
        open.put(partition, store);
    }

    void closed(int partition, DerivingStore store) {
        open.remove(partition, store);
    }
}
