package io.clew.it.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Reads whole topics with a plain client, as anyone could. */
public final class Topic {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String bootstrap;

    public Topic(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** All records of these topics up to their present ends, aborted ones too. */
    public List<ConsumerRecord<String, byte[]>> readUncommitted(List<String> topics) {
        return read("read_uncommitted", topics);
    }

    /** All committed records of these topics up to their present ends. */
    public List<ConsumerRecord<String, byte[]>> readCommitted(List<String> topics) {
        return read("read_committed", topics);
    }

    /** Where each partition of these topics ends for readers of this isolation. */
    public Map<TopicPartition, Long> ends(String isolation, List<String> topics) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(isolation)) {
            return consumer.endOffsets(partitions(consumer, topics));
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<?, byte[]> consumer, List<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(it -> partitions.add(new TopicPartition(topic, it.partition())));
        }
        return partitions;
    }

    /** The record at this very place. */
    public ConsumerRecord<String, byte[]> at(RecordMetadata place) {
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        try (KafkaConsumer<String, byte[]> consumer = consumer("read_uncommitted")) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, place.offset());
            return Await.value(
                    LIMIT,
                    () -> {
                        var records = consumer.poll(Duration.ofSeconds(1));
                        assertThat(records).as("records from %s", place).isNotEmpty();
                        return records.iterator().next();
                    });
        }
    }

    /** Whether a plain client puts a key into this partition of the topic. */
    public Predicate<String> goesTo(String topic, int partition) {
        int partitions = partitions(topic);
        return key -> partitionOf(key, partitions) == partition;
    }

    /** Whether a plain client puts a key where it puts this one. */
    public Predicate<String> goesWith(String topic, String other) {
        return goesTo(topic, partitionOf(other, partitions(topic)));
    }

    private int partitions(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer("read_uncommitted")) {
            return consumer.partitionsFor(topic).size();
        }
    }

    private static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }

    private List<ConsumerRecord<String, byte[]>> read(String isolation, List<String> topics) {
        return read(isolation, topics, new StringDeserializer());
    }

    /** All committed records of a topic up to its present end, whatever their keys are. */
    public List<ConsumerRecord<byte[], byte[]>> readBytes(String topic) {
        return read("read_committed", List.of(topic), new ByteArrayDeserializer());
    }

    private <K> List<ConsumerRecord<K, byte[]>> read(
            String isolation, List<String> topics, Deserializer<K> keys) {
        try (KafkaConsumer<K, byte[]> consumer = consumer(isolation, keys)) {
            List<TopicPartition> partitions = partitions(consumer, topics);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<K, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream()
                    .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    private KafkaConsumer<String, byte[]> consumer(String isolation) {
        return consumer(isolation, new StringDeserializer());
    }

    private <K> KafkaConsumer<K, byte[]> consumer(String isolation, Deserializer<K> keys) {
        Map<String, Object> config =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isolation,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false);
        return new KafkaConsumer<>(config, keys, new ByteArrayDeserializer());
    }

    /** The record as a worker gets it. */
    public static ConsumerRecord<byte[], byte[]> raw(ConsumerRecord<String, byte[]> read) {
        return new ConsumerRecord<>(
                read.topic(),
                read.partition(),
                read.offset(),
                read.timestamp(),
                TimestampType.CREATE_TIME,
                read.serializedKeySize(),
                read.serializedValueSize(),
                read.key().getBytes(UTF_8),
                read.value(),
                read.headers(),
                read.leaderEpoch());
    }

    /** A header as text; empty if it is not there. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    /** All {@code ce_} headers by name. */
    public static Map<String, String> cloudEventHeaders(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (header.key().startsWith("ce_")) {
                headers.put(header.key(), new String(header.value(), UTF_8));
            }
        }
        return headers;
    }
}
