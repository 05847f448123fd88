package io.clew.coordinator.engine;

import io.clew.coordinator.wire.OutRecord;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole topology: one source, one processor, one store, four sinks; one sub-topology. Every
 * name in it stands for ever.
 */
final class SagaTopology {
    static final String SOURCE = "inbox";
    static final String PROCESSOR = "saga";
    static final String STORE = "state";
    static final String COMMANDS = "commands";
    static final String EVENTS = "events";
    static final String ARCHIVE = "archive";
    static final String DEAD_LETTERS = "dead-letters";

    /** Rows are larger than records: a kept input has its record inside. */
    private static final String MAX_CHANGELOG_MESSAGE = Integer.toString(4 << 20);

    private static final Map<String, String> CHANGELOG =
            Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.SEGMENT_BYTES_CONFIG,
                    Integer.toString(128 << 20),
                    TopicConfig.DELETE_RETENTION_MS_CONFIG,
                    "86400000",
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    MAX_CHANGELOG_MESSAGE);

    private SagaTopology() {}

    static Topology of(EngineParts parts, LocalStores stores) {
        EngineTopics topics = parts.settings().topics();
        Serializer<byte[]> keys = new ByteArraySerializer();
        Serializer<OutRecord> values = (topic, record) -> record == null ? null : record.value();
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.none(),
                SOURCE,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.inbox());
        topology.addProcessor(PROCESSOR, () -> new SagaProcessor(parts, stores), SOURCE);
        topology.addStateStore(store(stores), PROCESSOR);
        topology.<byte[], OutRecord>addSink(
                COMMANDS, (key, record, context) -> record.topic(), keys, values, PROCESSOR);
        topology.addSink(EVENTS, topics.events(), keys, values, PROCESSOR);
        topology.addSink(ARCHIVE, topics.archive(), keys, values, PROCESSOR);
        topology.addSink(DEAD_LETTERS, topics.deadLetters(), keys, values, PROCESSOR);
        return topology;
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(LocalStores stores) {
        return Stores.keyValueStoreBuilder(stores, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
