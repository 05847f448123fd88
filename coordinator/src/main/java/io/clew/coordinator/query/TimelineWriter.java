package io.clew.coordinator.query;

import io.clew.avro.AvroFrame;
import io.clew.avro.RegistryUnavailableException;
import io.clew.saga.SagaId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Says what the records of a saga mean, in the words of the API. Records are read by the schema
 * they were written with; one that is no transition is left out and told of, since the topic is
 * kept for good and others can write to it.
 */
final class TimelineWriter {

    private static final Set<String> LEFT_OUT = Set.of("payload");

    private final SagaId saga;
    private final IntFunction<Schema> schemas;
    private final List<Timeline.Entry> entries = new ArrayList<>();
    private final List<Timeline.Unreadable> unreadable = new ArrayList<>();

    /**
     * @param schemas schemas by id; throws {@link RegistryUnavailableException} if they are away
     */
    TimelineWriter(SagaId saga, IntFunction<Schema> schemas) {
        this.saga = saga;
        this.schemas = schemas;
    }

    /**
     * Adds the saga's next record.
     *
     * @throws RegistryUnavailableException if nobody can say at present whether it can be read
     */
    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            entries.add(entry(record.value()));
        } catch (RegistryUnavailableException away) {
            throw away;
        } catch (RuntimeException foreign) {
            unreadable.add(
                    new Timeline.Unreadable(
                            record.partition(), record.offset(), String.valueOf(foreign)));
        }
    }

    /** Whether it has this revision of a run, or a later one. */
    boolean reaches(long run, long revision) {
        if (revision == 0) {
            return true;
        }
        if (entries.isEmpty()) {
            return false;
        }
        Timeline.Entry last = entries.get(entries.size() - 1);
        return last.run() > run || last.run() == run && last.revision() >= revision;
    }

    /** How many records there are. */
    int size() {
        return entries.size() + unreadable.size();
    }

    Timeline written(boolean complete) {
        return new Timeline(saga.value(), entries, unreadable, complete);
    }

    private Timeline.Entry entry(byte[] value) {
        Schema writer = schemas.apply(AvroFrame.schemaId(value));
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
