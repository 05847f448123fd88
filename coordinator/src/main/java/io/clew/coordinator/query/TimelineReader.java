package io.clew.coordinator.query;

import io.clew.avro.RegistryClient;
import io.clew.saga.SagaId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 *
 * <p>A status is told before the commit of what led to it, the timeline after it. Whoever has seen
 * a status must find all of it here, so the reader waits for that commit.
 */
public final class TimelineReader {

    private static final int MAX_RECORDS = 200_000;
    private static final int MAX_ENTRIES = 1_000;
    private static final Duration MAX_TIME = Duration.ofSeconds(5);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** How long a commit may take; what has not come by then has been aborted and is made again. */
    private static final Duration COMMIT = Duration.ofSeconds(2);

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
     * The timeline of a saga, up to this status of it at least.
     *
     * @throws org.apache.kafka.common.KafkaException if broker or registry do not answer
     */
    public Timeline read(SagaStatus status) {
        try {
            if (!readers.tryAcquire(MAX_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new org.apache.kafka.common.errors.TimeoutException(
                        "too many timelines are being read");
            }
        } catch (InterruptedException stop) {
            throw new org.apache.kafka.common.errors.InterruptException(stop);
        }
        try (KafkaConsumer<byte[], byte[]> consumer = topics.consumer("clew-timeline")) {
            return read(consumer, status);
        } finally {
            readers.release();
        }
    }

    private Timeline read(KafkaConsumer<byte[], byte[]> consumer, SagaStatus status) {
        byte[] key = status.sagaId().getBytes(StandardCharsets.UTF_8);
        int partitions = consumer.partitionsFor(topic, MAX_TIME).size();
        if (partitions == 0) {
            throw new UnknownTopicOrPartitionException("there is no topic " + topic);
        }
        TopicPartition partition =
                new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), MAX_TIME).getOrDefault(partition, 0L);
        consumer.seek(partition, start(consumer, partition, status).orElse(end));
        TimelineWriter timeline =
                new TimelineWriter(new SagaId(status.sagaId()), registry::schemaById);
        long now = System.nanoTime();
        long until = now + MAX_TIME.toNanos();
        long committedBy = now + (isFresh(status) ? COMMIT.toNanos() : 0);
        int records = 0;
        while (true) {
            if (consumer.position(partition) >= end) {
                boolean reached = timeline.reaches(status.run(), status.revision());
                if (reached || System.nanoTime() > committedBy) {
                    return timeline.written(reached);
                }
            }
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
    }

    /** Where the first record of its run may stand; empty if nothing has come since. */
    private static Optional<Long> start(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, SagaStatus status) {
        Instant since = status.startedAt().orElse(Instant.EPOCH).minus(CLOCK_SKEW);
        long from = Math.max(0, since.toEpochMilli());
        return Optional.ofNullable(
                        consumer.offsetsForTimes(Map.of(partition, from), MAX_TIME).get(partition))
                .map(OffsetAndTimestamp::offset);
    }

    /** Whether what led to it may not be committed yet. */
    private static boolean isFresh(SagaStatus status) {
        return status.updatedAt()
                .or(status::endedAt)
                .filter(it -> it.isAfter(Instant.now().minus(CLOCK_SKEW)))
                .isPresent();
    }
}
