package io.clew.coordinator.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka Streams as this engine runs it. Streams' own defaults cost about 100 ms at every turn of a
 * saga, and 45 s at every restart.
 */
final class StreamsSettings {
    /** An owner that has not been at the broker for this long has lost its partitions. */
    static final Duration SESSION = Duration.ofSeconds(7);

    /** How long a member may not know that the group shares out anew: a pause at every restart. */
    private static final int HEARTBEAT = 500;

    /**
     * Whoever takes over waits for the transaction of a dead owner to end: not after its session.
     */
    private static final int TRANSACTION = (int) SESSION.toMillis();

    /**
     * Half a second of restoring. Whoever is farther behind warms up first and gets its share at
     * the next probing, a minute later; so it would be after every unclean end.
     */
    static final long NEAR_ENOUGH = 100_000;

    private static final int MAX_REQUEST = 4 << 20;

    /**
     * Streams' default under exactly-once is for ever: a thread would never come back from a record
     * whose topic is deleted before it has got there.
     */
    private static final int DELIVERY = 120_000;

    private StreamsSettings() {}

    static Properties of(EngineSettings settings) {
        Map<String, Object> all = new HashMap<>();
        streams(settings, all);
        clients(settings, all);
        all.putAll(settings.overrides());
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    private static void streams(EngineSettings settings, Map<String, Object> all) {
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.applicationServer());
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        // Records end the wait; only ticks and commits may have to wait for its end.
        all.put(StreamsConfig.POLL_MS_CONFIG, 25);
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        all.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, 2);
        all.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, NEAR_ENOUGH);
        all.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replication());
        all.put(StreamsConfig.STATE_CLEANUP_DELAY_MS_CONFIG, Duration.ofMinutes(20).toMillis());
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        all.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, Duration.ofMinutes(30).toMillis());
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
    }

    private static void clients(EngineSettings settings, Map<String, Object> all) {
        int linger =
                switch (settings.profile()) {
                    case LATENCY -> 0;
                    case THROUGHPUT -> 25;
                };
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), linger);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        // While one request is under way the next one fills: batches by backlog, without a linger.
        all.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                1);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), 10_000L);
        all.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                TRANSACTION);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), DELIVERY);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1000);
        // For lost rows and standbys: each look costs Streams anew, however little it brings.
        all.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5000);
        all.put(
                StreamsConfig.restoreConsumerPrefix(
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                4 << 20);
        all.put(
                StreamsConfig.consumerPrefix(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG),
                (int) SESSION.toMillis());
        all.put(
                StreamsConfig.consumerPrefix(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG),
                HEARTBEAT);
    }
}
