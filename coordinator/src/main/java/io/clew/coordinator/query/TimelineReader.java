package io.clew.coordinator.query;

import io.clew.avro.AvroFrame;
import io.clew.avro.RegistryClient;
import io.clew.saga.SagaId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
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
    private static final Set<String> LEFT_OUT = Set.of("payload");

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
            return new Timeline(saga.value(), List.of(), true);
        }
        consumer.seek(partition, start.offset());
        List<Timeline.Entry> entries = new ArrayList<>();
        long until = System.nanoTime() + MAX_TIME.toNanos();
        int records = 0;
        while (consumer.position(partition) < end) {
            if (records > MAX_RECORDS
                    || entries.size() >= MAX_ENTRIES
                    || System.nanoTime() > until) {
                return new Timeline(saga.value(), entries, false);
            }
            for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200)).records(partition)) {
                records++;
                if (Arrays.equals(key, record.key()) && record.value() != null) {
                    entries.add(entry(record.value()));
                }
            }
        }
        return new Timeline(saga.value(), entries, true);
    }

    private Timeline.Entry entry(byte[] value) {
        Schema writer = registry.schemaById(AvroFrame.schemaId(value));
        GenericRecord transition = AvroFrame.decodeGeneric(AvroFrame.payload(value), writer);
        GenericRecord cause = (GenericRecord) transition.get("cause");
        List<Map<String, Object>> events = new ArrayList<>();
        for (Object event : (Iterable<?>) transition.get("events")) {
            events.add(event((GenericRecord) event));
        }
        return new Timeline.Entry(
                (Long) transition.get("run"),
                (Long) transition.get("revision"),
                instant(transition.get("time")),
                transition.get("phase").toString(),
                new Timeline.Cause(
                        cause.get("kind").toString(),
                        (Integer) cause.get("partition"),
                        (Long) cause.get("offset")),
                Optional.ofNullable(transition.get("rejection")).map(Object::toString),
                events);
    }

    /** What is set of an event; payloads are left out. */
    private static Map<String, Object> event(GenericRecord event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : event.getSchema().getFields()) {
            Object value = event.get(field.pos());
            if (value != null && !LEFT_OUT.contains(field.name())) {
                fields.put(field.name(), plain(field.schema(), value));
            }
        }
        return fields;
    }

    private static Object plain(Schema schema, Object value) {
        boolean time =
                schema.isUnion()
                        && schema.getTypes().stream().anyMatch(it -> it.getLogicalType() != null);
        if (time && value instanceof Long) {
            return instant(value);
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() + " bytes";
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, it) -> copy.put(key.toString(), String.valueOf(it)));
            return copy;
        }
        return value instanceof CharSequence text ? text.toString() : value;
    }

    private static Instant instant(Object value) {
        return value instanceof Instant instant ? instant : Instant.ofEpochMilli((Long) value);
    }
}
