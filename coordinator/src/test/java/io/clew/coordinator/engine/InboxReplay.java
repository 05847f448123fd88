package io.clew.coordinator.engine;

import io.clew.coordinator.wire.EarlyCodec;
import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.MarkerCodec;
import io.clew.coordinator.wire.OutRecord;
import io.clew.coordinator.wire.PausesCodec;
import io.clew.coordinator.wire.QueuedInputCodec;
import io.clew.saga.SagaId;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One partition of an inbox, taken again from its first record on by the engine's own processor,
 * into rows in memory: what it sends goes nowhere. It sees every schema, definition and topic from
 * the beginning on, unlike the engine whose rows these are compared with.
 */
public final class InboxReplay {
    private static final long LONGEST_WAIT_MS = 10_000;
    private static final int TICKS = 1_000;

    private final SortedStore rows = new SortedStore((key, row) -> row);
    private final MockProcessorContext<byte[], OutRecord> context;
    private final SagaProcessor processor;
    private final Punctuator tick;
    private long now;
    private long commits;

    /**
     * @param inputs what the engine is given
     * @param topicId the broker's id of the inbox topic
     * @param partitions how many partitions the inbox has
     * @param partition which of them this is
     */
    public InboxReplay(EngineInputs inputs, String topicId, int partitions, int partition) {
        EngineSettings settings =
                EngineSettings.of("nowhere:1", partitions, "nowhere", "localhost:1");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        context = new MockProcessorContext<>(properties, new TaskId(0, partition), null);
        context.setCurrentSystemTimeMs(now);
        LocalStores stores = new LocalStores();
        DerivingStore store = new DerivingStore(rows, stores);
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        processor = new SagaProcessor(parts(inputs, settings, topicId), stores);
        processor.init(context);
        tick = context.scheduledPunctuators().get(0).getPunctuator();
    }

    private EngineParts parts(EngineInputs inputs, EngineSettings settings, String topicId) {
        return new EngineParts(
                settings,
                topicId,
                CoordinatorHarness.TRANSITION_SCHEMA_ID,
                inputs.definitions(),
                topic -> true,
                inputs.schemas(),
                inputs.tokens(),
                (record, acknowledged) -> {},
                inputs.listener(),
                () -> commits,
                new PartitionProgress(),
                new EngineMetrics(),
                () -> {});
    }

    /** Takes the next record of the partition. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        context.setRecordMetadata(record.topic(), record.partition(), record.offset());
        context.setCurrentSystemTimeMs(record.timestamp());
        processor.process(
                new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
        context.resetForwards();
        commits++;
        handInWhatIsKept();
    }

    /** What is kept with sagas gets its turn before the next record, as often as that helps. */
    private void handInWhatIsKept() {
        NavigableMap<Bytes, byte[]> kept = rows.kind(Keys.QUEUE);
        for (int left = TICKS; left > 0 && !kept.isEmpty(); left--) {
            NavigableMap<Bytes, byte[]> before = new TreeMap<>(kept);
            now += LONGEST_WAIT_MS;
            tick.punctuate(now);
            context.resetForwards();
            commits++;
            if (before.equals(kept)) {
                return;
            }
        }
    }

    /** The rows so far that {@linkplain #followsFromInbox follow from the inbox}. */
    public NavigableMap<Bytes, byte[]> rows() {
        NavigableMap<Bytes, byte[]> following = new TreeMap<>();
        rows.rows()
                .forEach(
                        (key, row) -> {
                            if (followsFromInbox(key)) {
                                following.put(key, row);
                            }
                        });
        return following;
    }

    /**
     * Whether the row of this key stands on the changelog, and is the same whoever takes the inbox,
     * and when: instances, markers, what came early, what is kept, and what is paused.
     */
    public static boolean followsFromInbox(Bytes key) {
        return switch (key.get()[0]) {
            case Keys.INSTANCE, Keys.MARKER, Keys.EARLY, Keys.QUEUE -> true;
            default -> key.equals(Keys.PAUSES);
        };
    }

    /** The key of a saga's instance. */
    public static Bytes instanceKey(String sagaId) {
        return Keys.instance(new SagaId(sagaId));
    }

    /** A row for people: whose it is, and what it says. */
    public static String describe(Bytes key, byte[] row) {
        try {
            return switch (key.get()[0]) {
                case Keys.INSTANCE ->
                        Keys.saga(key) + " " + InstanceCodec.decode(Keys.saga(key), row);
                case Keys.MARKER -> Keys.saga(key) + " " + MarkerCodec.decode(Keys.saga(key), row);
                case Keys.EARLY -> Keys.saga(key) + " " + EarlyCodec.decode(Keys.saga(key), row);
                case Keys.QUEUE -> Keys.queueSaga(key) + " " + kept(key, row);
                default -> key + " " + PausesCodec.decode(row);
            };
        } catch (RuntimeException unreadable) {
            return key + " unreadable " + HexFormat.of().formatHex(row);
        }
    }

    private static String kept(Bytes key, byte[] row) {
        return Optional.of(key)
                .filter(it -> it.equals(Keys.queueHead(Keys.queueSaga(it))))
                .map(head -> "queue from " + InboxPlace.read(row))
                .orElseGet(() -> QueuedInputCodec.decode(row).toString());
    }
}
