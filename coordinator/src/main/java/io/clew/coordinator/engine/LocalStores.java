package io.clew.coordinator.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Makes the stores of all tasks, and gives each task the way past its changelog. */
final class LocalStores implements KeyValueBytesStoreSupplier {
    private final Map<TaskId, DerivingStore> open = new ConcurrentHashMap<>();
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
     * The same rows without their changelog.
     *
     * @throws IllegalStateException if this task has no open store here
     */
    KeyValueStore<Bytes, byte[]> unlogged(TaskId task) {
        DerivingStore store = open.get(task);
        if (store == null) {
            throw new IllegalStateException("Expected an open store of task " + task);
        }
        return store;
    }

    void opened(TaskId task, DerivingStore store) {
        open.put(task, store);
    }

    void closed(TaskId task, DerivingStore store) {
        open.remove(task, store);
    }
}
