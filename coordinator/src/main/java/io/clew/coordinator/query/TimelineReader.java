package io.clew.coordinator.query;

import io.clew.avro.RegistryClient;
import io.clew.saga.SagaId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads a saga's timeline from {@code saga.events}: the partition of its key, from its start to the
 * present end. There is no index by saga, so the cost grows with all that happened in that
 * partition since the start; records, entries and time are limited, and an answer that hit a limit
 * says that it is not complete. Few are read at once.
 */
public final class TimelineReader {

    private static final int MAX_RECORDS = 200_000;
    private static final int MAX_ENTRIES = 1_000;
    private static final Duration MAX_TIME = Duration.ofSeconds(5);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final TopicTail topics;
    private final String topic;
    private final RegistryClient registry;
    private final Semaphore readers = new Semaphore(4);

    public TimelineReader(TopicTail topics, String topic, RegistryClient registry) {
        this.topics = topics;
        this.topic = topic;
        this.registry = registry;
    }

    /**
     * The timeline of a saga.
     *
     * @param since when its run started
     * @throws org.apache.kafka.common.KafkaException if broker or registry do not answer
     */
    public Timeline read(SagaId saga, Instant since) {
        try {
            if (!readers.tryAcquire(MAX_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new org.apache.kafka.common.errors.TimeoutException(
                        "too many timelines are being read");
            }
        } catch (InterruptedException stop) {
            throw new org.apache.kafka.common.errors.InterruptException(stop);
        }
        try (KafkaConsumer<byte[], byte[]> consumer = topics.consumer("clew-timeline")) {
            return read(consumer, saga, since);
        } finally {
            readers.release();
        }
    }

    private Timeline read(KafkaConsumer<byte[], byte[]> consumer, SagaId saga, Instant since) {
        byte[] key = saga.value().getBytes(StandardCharsets.UTF_8);
        int partitions = consumer.partitionsFor(topic, MAX_TIME).size();
        if (partitions == 0) {
            throw new UnknownTopicOrPartitionException("there is no topic " + topic);
        }
        TopicPartition partition =
                new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), MAX_TIME).getOrDefault(partition, 0L);
        OffsetAndTimestamp start =
                consumer.offsetsForTimes(
                                Map.of(
                                        partition,
                                        Math.max(0, since.minus(CLOCK_SKEW).toEpochMilli())),
                                MAX_TIME)
                        .get(partition);
        if (start == null) {
            return new Timeline(saga.value(), List.of(), List.of(), true);
        }
        consumer.seek(partition, start.offset());
        TimelineWriter timeline = new TimelineWriter(saga, registry::schemaById);
        long until = System.nanoTime() + MAX_TIME.toNanos();
        int records = 0;
        while (consumer.position(partition) < end) {
            if (records > MAX_RECORDS
                    || timeline.size() >= MAX_ENTRIES
                    || System.nanoTime() > until) {
                return timeline.written(false);
            }
            for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200)).records(partition)) {
                records++;
                if (Arrays.equals(key, record.key()) && record.value() != null) {
                    timeline.add(record);
                }
            }
        }
        return timeline.written(true);
    }
}
