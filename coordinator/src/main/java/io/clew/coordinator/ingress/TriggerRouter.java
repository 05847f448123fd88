package io.clew.coordinator.ingress;

import io.clew.avro.AvroFrame;
import io.clew.avro.BadFrameException;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.Intake;
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
import java.util.stream.Collectors;
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
    private final Untaken untaken = new Untaken();
    private final ArrivalRouter arrivals;

    TriggerRouter(WriterSchemas schemas, Stamp stamp, InstantSource clock) {
        this.schemas = schemas;
        this.stamp = stamp;
        this.clock = clock;
        this.arrivals = new ArrivalRouter(stamp.maxEventBytes());
    }

    /** Events that started nothing since no version of their definition is active. */
    Untaken untaken() {
        return untaken;
    }

    /**
     * What the event leads to; nothing if no definition listens for it.
     *
     * @param listening who listens to its topic
     * @throws NotYetException if its schema cannot be had at present, or whoever takes it cannot
     *     run here
     */
    List<Routed> route(
            ConsumerRecord<byte[], byte[]> event, Listening listening, PartitionProgress progress) {
        List<AppliedDefinition> meant =
                listening.definitions().stream()
                        .filter(it -> isMeant(it, event, progress))
                        .toList();
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
        startedBy(event.topic(), listening.definitions(), progress, event.offset())
                .forEach(
                        (name, versions) ->
                                taker(versions, listening, event, type)
                                        .ifPresent(it -> routed.add(start(event, it))));
        routed.addAll(arrivals.route(event, meant, type));
        return routed;
    }

    /** Whether it listens from this offset or before, and is not catching up to it. */
    private static boolean isMeant(
            AppliedDefinition definition,
            ConsumerRecord<byte[], byte[]> event,
            PartitionProgress progress) {
        return listens(definition, event)
                && progress.gives(definition.ref().name(), event.offset());
    }

    private static boolean listens(
            AppliedDefinition definition, ConsumerRecord<byte[], byte[]> event) {
        TopicPartition partition = new TopicPartition(event.topic(), event.partition());
        return definition.startOffset(partition) <= event.offset();
    }

    /** By name the versions that are started from a topic, of those that get this offset. */
    private static Map<String, List<AppliedDefinition>> startedBy(
            String topic,
            Collection<AppliedDefinition> listening,
            PartitionProgress progress,
            long offset) {
        return listening.stream()
                .filter(it -> it.isStartedBy(topic))
                .filter(it -> progress.gives(it.ref().name(), offset))
                .collect(
                        Collectors.groupingBy(
                                it -> it.ref().name(), TreeMap::new, Collectors.toList()));
    }

    /** Who takes the saga that an event of this type starts, if it starts one. */
    private Optional<Intake> taker(
            List<AppliedDefinition> versions,
            Listening listening,
            ConsumerRecord<byte[], byte[]> event,
            String type) {
        String name = versions.get(0).ref().name();
        Optional<Intake> intake =
                Intake.of(versions, listening.rollout(name), it -> listens(it, event));
        if (intake.isPresent()) {
            untaken.taken(name);
        } else if (versions.stream().anyMatch(it -> starts(it, type) && listens(it, event))) {
            if (listening.lame().contains(name)) {
                throw new NotYetException(
                        "the active version of " + name + " cannot run on this release");
            }
            untaken.note(name, event);
        }
        return intake.filter(it -> starts(it.active(), type));
    }

    /** Why it may have started a saga before that nobody remembers, if so. */
    private Optional<Routed> tooOld(
            ConsumerRecord<byte[], byte[]> event, AppliedDefinition definition) {
        Duration uniqueFor = definition.compiled().definition().uniqueFor();
        Instant publishedAt = Instant.ofEpochMilli(event.timestamp());
        if (!publishedAt.isBefore(clock.instant().minus(uniqueFor))) {
            return Optional.empty();
        }
        return Optional.of(
                new Routed.Refused(
                        "TOO_OLD",
                        "Expected an event of the last "
                                + uniqueFor
                                + " (uniqueFor of "
                                + definition.ref()
                                + ") but it is of "
                                + publishedAt));
    }

    private static boolean starts(AppliedDefinition definition, String type) {
        return definition.compiled().trigger().eventType().equals(type);
    }

    private Routed start(ConsumerRecord<byte[], byte[]> event, Intake intake) {
        try {
            Routed.Start start = stamp.start(intake, Bytes.wrap(event.value()), traceparent(event));
            return tooOld(event, intake.taker(start.saga())).orElse(start);
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
