package io.clew.coordinator.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics for people: no group, nothing committed, always with a limit. */
public final class TopicTail {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;

    public TopicTail(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /**
     * The newest records of a topic, newest first.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public List<ConsumerRecord<byte[], byte[]>> newest(String topic, int limit) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("clew-tail")) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic, PATIENCE).stream()
                            .map(it -> new TopicPartition(topic, it.partition()))
                            .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
            ends.forEach(
                    (partition, end) ->
                            consumer.seek(
                                    partition,
                                    Math.max(begins.getOrDefault(partition, 0L), end - limit)));
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < until && !atEnd(consumer, ends)) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
                records.forEach(found::add);
            }
            found.sort(
                    Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(it -> it.timestamp())
                            .reversed());
            return List.copyOf(found.subList(0, Math.min(limit, found.size())));
        }
    }

    private static boolean atEnd(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        for (Map.Entry<TopicPartition, Long> end : new HashMap<>(ends).entrySet()) {
            if (consumer.position(end.getKey(), PATIENCE) < end.getValue()) {
                return false;
            }
        }
        return true;
    }

    KafkaConsumer<byte[], byte[]> consumer(String clientId) {
        Map<String, Object> config = new TreeMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
