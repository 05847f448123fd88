package io.clew.coordinator.engine;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.testkit.Altered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Prints what the rows of open sagas cost that come back from a changelog into an empty RocksDB
 * store: by themselves, and with the hints that follow from them.
 *
 * <p>Arguments: sagas (default 200000), rows a batch (default 1000).
 */
public final class RestoreCost {
    private final SagaInstance like;
    private final int sagas;
    private final int batch;

    private RestoreCost(SagaInstance like, int sagas, int batch) {
        this.like = like;
        this.sagas = sagas;
        this.batch = batch;
    }

    public static void main(String[] args) throws Exception {
        int sagas = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int batch = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        Path directory = Files.createTempDirectory("restore-cost");
        SagaInstance running;
        try (CoordinatorHarness coordinator = new CoordinatorHarness(directory.resolve("like"))) {
            coordinator.receivesTrigger("template");
            running = coordinator.instance("template");
        }
        RestoreCost cost = new RestoreCost(running, sagas, batch);
        for (int round = 1; round <= 2; round++) {
            cost.alone(directory.resolve("alone-" + round));
            cost.withHints(directory.resolve("hints-" + round));
        }
    }

    private void alone(Path stateDir) {
        KeyValueStore<Bytes, byte[]> rows =
                Stores.persistentKeyValueStore(SagaTopology.STORE).get();
        rows.init(context(stateDir).getStateStoreContext(), rows);
        List<KeyValue<Bytes, byte[]>> wrapped = new ArrayList<>();
        cost(
                "rows alone",
                records -> {
                    wrapped.clear();
                    records.forEach(it -> wrapped.add(KeyValue.pair(Bytes.wrap(it.key), it.value)));
                    rows.putAll(wrapped);
                });
        rows.close();
    }

    private void withHints(Path stateDir) {
        LocalStores stores = new LocalStores();
        DerivingStore rows = (DerivingStore) stores.get();
        rows.init(context(stateDir).getStateStoreContext(), rows);
        cost("rows with their hints", rows::restore);
        rows.close();
    }

    private static MockProcessorContext<Void, Void> context(Path stateDir) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "restore-cost");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
        return new MockProcessorContext<>(config, new TaskId(0, 0), stateDir.toFile());
    }

    private void cost(String what, Consumer<List<KeyValue<byte[], byte[]>>> restore) {
        long nanos = 0;
        long bytes = 0;
        List<KeyValue<byte[], byte[]>> records = new ArrayList<>();
        for (int from = 0; from < sagas; from += batch) {
            records.clear();
            for (int i = from; i < Math.min(sagas, from + batch); i++) {
                records.add(record(i));
                bytes += records.get(records.size() - 1).value.length;
            }
            long start = System.nanoTime();
            restore.accept(records);
            nanos += System.nanoTime() - start;
        }
        System.out.printf(
                "%-24s %6.2f us a row of %d bytes%n", what, nanos / 1e3 / sagas, bytes / sagas);
    }

    private KeyValue<byte[], byte[]> record(int number) {
        // Changelogs are not sorted by key.
        String order = Integer.toHexString(number * 0x9E3779B1) + "-" + number;
        SagaInstance saga =
                new Altered(like)
                        .id(SagaId.of(like.definition().name(), order))
                        .run(like.run() + number)
                        .index(Map.of("customerId", "c-" + number % 1000))
                        .timer(Optional.of(like.time().plusMillis(number)))
                        .saga();
        return KeyValue.pair(Keys.instance(saga.id()).get(), InstanceCodec.encode(saga));
    }
}
