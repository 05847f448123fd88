package io.clew.coordinator.ingress;

import io.clew.avro.AvroFrame;
import io.clew.avro.BadFrameException;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.language.WriterSchemas;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import io.clew.saga.NotYetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Says what a business event starts, and who may await it. */
final class TriggerRouter {

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final WriterSchemas schemas;
    private final Stamp stamp;
    private final InstantSource clock;
    private final ArrivalRouter arrivals;

    TriggerRouter(WriterSchemas schemas, Stamp stamp, InstantSource clock) {
        this.schemas = schemas;
        this.stamp = stamp;
        this.clock = clock;
        this.arrivals = new ArrivalRouter(stamp.maxEventBytes());
    }

    /**
     * What the event leads to; nothing if no definition listens for it.
     *
     * @param listening the definitions that listen to its topic
     * @throws NotYetException if its schema cannot be had at present
     */
    List<Routed> route(
            ConsumerRecord<byte[], byte[]> event,
            Collection<AppliedDefinition> listening,
            PartitionProgress progress) {
        List<AppliedDefinition> meant =
                listening.stream().filter(it -> isMeant(it, event, progress)).toList();
        if (meant.isEmpty() || event.value() == null) {
            return List.of();
        }
        String type;
        try {
            type = schemas.byId(AvroFrame.schemaId(event.value())).getFullName();
        } catch (BadFrameException | MappingException unreadable) {
            return List.of(refused("UNREADABLE", unreadable));
        }
        List<Routed> routed = new ArrayList<>();
        for (AppliedDefinition definition : newest(meant, event.topic())) {
            if (definition.compiled().trigger().eventType().equals(type)) {
                routed.add(start(event, definition));
            }
        }
        routed.addAll(arrivals.route(event, meant, type));
        return routed;
    }

    /** Whether it listens from this offset or before, and is not catching up to it. */
    private static boolean isMeant(
            AppliedDefinition definition,
            ConsumerRecord<byte[], byte[]> event,
            PartitionProgress progress) {
        TopicPartition partition = new TopicPartition(event.topic(), event.partition());
        return definition.startOffset(partition) <= event.offset()
                && progress.gives(definition.ref().name(), event.offset());
    }

    /** Per name the newest version that is started from this topic. */
    private static List<AppliedDefinition> newest(
            Collection<AppliedDefinition> meant, String topic) {
        Map<String, AppliedDefinition> newest = new TreeMap<>();
        for (AppliedDefinition definition : meant) {
            AppliedDefinition before = newest.get(definition.ref().name());
            boolean newer = before == null || before.ref().version() < definition.ref().version();
            if (newer && definition.isStartedBy(topic)) {
                newest.put(definition.ref().name(), definition);
            }
        }
        return List.copyOf(newest.values());
    }

    private Routed start(ConsumerRecord<byte[], byte[]> event, AppliedDefinition definition) {
        Duration uniqueFor = definition.compiled().definition().uniqueFor();
        Instant publishedAt = Instant.ofEpochMilli(event.timestamp());
        if (publishedAt.isBefore(clock.instant().minus(uniqueFor))) {
            return new Routed.Refused(
                    "TOO_OLD",
                    "Expected an event of the last "
                            + uniqueFor
                            + " (uniqueFor of "
                            + definition.ref()
                            + ") but it is of "
                            + publishedAt);
        }
        try {
            return stamp.start(definition, Bytes.wrap(event.value()), traceparent(event));
        } catch (TooLargeException tooLarge) {
            return refused("TOO_LARGE", tooLarge);
        } catch (MappingException fault) {
            return refused("UNREADABLE", fault);
        } catch (IllegalArgumentException badKey) {
            return refused("BAD_KEY", badKey);
        } catch (NotYetException wait) {
            throw wait;
        } catch (RuntimeException fault) {
            // One event that nobody foresaw must not hold back all that follow.
            return new Routed.Refused("UNPROCESSABLE", String.valueOf(fault));
        }
    }

    private static Routed refused(String code, RuntimeException why) {
        return new Routed.Refused(code, String.valueOf(why.getMessage()));
    }

    private static Optional<String> traceparent(ConsumerRecord<byte[], byte[]> event) {
        Header header = event.headers().lastHeader("traceparent");
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8))
                        .filter(text -> TRACEPARENT.matcher(text).matches());
    }
}
