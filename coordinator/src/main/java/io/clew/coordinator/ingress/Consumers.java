package io.clew.coordinator.ingress;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers of what comes in from outside: a new topic or a dead peer is noticed in seconds. */
final class Consumers {
    private Consumers() {}

    /**
     * What they have in common.
     *
     * @param kafka how clients reach the broker, and how long they are to wait if not as here
     */
    static Map<String, Object> config(Map<String, Object> kafka, String group, String clientId) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        if (config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 7_000) == null) {
            // Those of a longer session could be longer than this one.
            config.remove(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);
        }
        config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
        return config;
    }

    static Consumer<byte[], byte[]> of(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
