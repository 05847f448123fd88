package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.saga.NotYetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer's life: polls, routes, waits for the inbox, commits. Used by one thread. */
final class IngressSession {

    private static final Logger LOGGER = LoggerFactory.getLogger(IngressSession.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Until it is looked whether what is held back may come in: the engine has little left. */
    private static final Duration HELD = Duration.ofMillis(20);

    private static final Duration ACKS = Duration.ofSeconds(60);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Consumer<byte[], byte[]> consumer;
    private final AppliedDefinitions definitions;
    private final Passage passage;
    private final StartOffsets starts;
    private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
    private final Map<TopicPartition, TakenIn> takenIn = new HashMap<>();
    private List<AppliedDefinition> known = List.of();
    private Set<String> topics = Set.of();
    private final Map<String, Listening> listeners = new HashMap<>();
    private List<AppliedDefinition> listening = List.of();

    /** Which definitions a partition's progress knows. */
    private record TakenIn(List<AppliedDefinition> all, PartitionProgress by) {}

    private final Map<TopicPartition, Long> retryAt = new HashMap<>();
    private final Map<TopicPartition, String> waiting = new ConcurrentHashMap<>();

    IngressSession(
            Consumer<byte[], byte[]> consumer, AppliedDefinitions definitions, Passage passage) {
        this.consumer = consumer;
        this.definitions = definitions;
        this.passage = passage;
        this.starts = new StartOffsets(consumer, this::listening, progress);
    }

    /** Partitions that stand still, and why. Any thread may ask. */
    Map<String, String> waiting() {
        return waiting.entrySet().stream()
                .collect(Collectors.toMap(it -> it.getKey().toString(), Map.Entry::getValue));
    }

    /** One round: what has been polled is on the inbox and committed when it returns. */
    void step() {
        List<AppliedDefinition> all = definitions.all();
        if (!isSame(all, known)) {
            topics =
                    all.stream()
                            .flatMap(it -> it.topics().stream())
                            .collect(Collectors.toUnmodifiableSet());
            known = all;
        }
        if (!topics.equals(consumer.subscription())) {
            LOGGER.info("Listening to {}", topics);
            consumer.subscribe(topics, starts);
        }
        if (topics.isEmpty()) {
            LockSupport.parkNanos(POLL.toNanos());
            return;
        }
        takeIn(all);
        setPauses();
        ConsumerRecords<byte[], byte[]> records = poll();
        List<Sent> sent = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            if (consumer.assignment().contains(partition)) {
                route(partition, records.records(partition), sent);
            }
        }
        passage.admission().letIn(sent.stream().filter(Sent::onInbox).count());
        await(sent);
        commit(records.partitions());
    }

    @SuppressWarnings(
            "ReferenceEquality") // Whether they are equal takes as long as to do all again.
    private static <T> boolean isSame(T one, T other) {
        return one == other;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(passage.admission().closedBecause().isPresent() ? HELD : POLL);
        } catch (OffsetOutOfRangeException gone) {
            gone.offsetOutOfRangePartitions()
                    .forEach(
                            (partition, offset) -> {
                                LOGGER.error(
                                        "Expected offset {} of {} but it is not there; events"
                                                + " may be lost, going on with the oldest",
                                        offset,
                                        partition);
                                passage.skips().note(partition, offset);
                            });
            consumer.seekToBeginning(gone.partitions());
            return ConsumerRecords.empty();
        }
    }

    /**
     * Of this moment: who has applied or rolled out a version expects it to take what comes next.
     */
    private Listening listeners(String topic) {
        List<AppliedDefinition> all = definitions.all();
        if (!isSame(all, listening)) {
            listeners.clear();
            listening = all;
        }
        return listeners.computeIfAbsent(topic, it -> Listening.to(it, definitions));
    }

    private List<AppliedDefinition> listening(String topic) {
        return Listening.definitions(topic, definitions);
    }

    /**
     * Lets each partition know the definitions that have come since. There may be many of both, and
     * this is asked for every event: what has been taken in is known by the very objects.
     */
    private void takeIn(List<AppliedDefinition> all) {
        for (TopicPartition partition : consumer.assignment()) {
            PartitionProgress before = progress.get(partition);
            TakenIn last = takenIn.get(partition);
            if (before == null
                    || last != null && isSame(last.all(), all) && isSame(last.by(), before)) {
                continue;
            }
            long position = consumer.position(partition, COMMIT);
            PartitionProgress.Next next =
                    before.with(listening(partition.topic()), partition, position);
            if (next.progress().equals(before)) {
                takenIn.put(partition, new TakenIn(all, before));
                continue;
            }
            progress.put(partition, next.progress());
            next.backTo()
                    .ifPresent(
                            offset -> {
                                LOGGER.info(
                                        "Reading {} again from {} for {}",
                                        partition,
                                        offset,
                                        next.progress().names());
                                consumer.seek(partition, offset);
                            });
            commit(Set.of(partition));
        }
    }

    private void setPauses() {
        Set<TopicPartition> assigned = consumer.assignment();
        retryAt.keySet().retainAll(assigned);
        waiting.keySet().retainAll(assigned);
        takenIn.keySet().retainAll(assigned);
        long now = System.nanoTime();
        Set<TopicPartition> paused = new HashSet<>();
        boolean open = passage.admission().open();
        for (TopicPartition partition : assigned) {
            Long at = retryAt.get(partition);
            boolean held = !open && !isAwaited(partition.topic());
            if (held || at != null && at - now > 0) {
                paused.add(partition);
            }
        }
        Set<TopicPartition> flowing = new HashSet<>(assigned);
        flowing.removeAll(paused);
        consumer.pause(paused);
        consumer.resume(flowing);
    }

    /** What sagas wait for is never held back: they could not end. */
    private boolean isAwaited(String topic) {
        return definitions.all().stream().anyMatch(it -> it.awaits(topic));
    }

    private void route(
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> events,
            List<Sent> sent) {
        Listening here = listeners(partition.topic());
        PartitionProgress reading =
                progress.getOrDefault(partition, PartitionProgress.fresh(List.of()));
        for (ConsumerRecord<byte[], byte[]> event : events) {
            try {
                for (Routed routed : passage.router().route(event, here, reading)) {
                    boolean onInbox = !(routed instanceof Routed.Refused);
                    sent.add(new Sent(event, onInbox, send(event, routed)));
                }
            } catch (NotYetException wait) {
                waiting.put(partition, "offset " + event.offset() + ": " + wait.getMessage());
                retryAt.put(partition, System.nanoTime() + RETRY_NANOS);
                consumer.seek(partition, event.offset());
                return;
            }
        }
        waiting.remove(partition);
        retryAt.remove(partition);
    }

    /** A write that is under way, and the event it came from; to the inbox or the dead letters. */
    private record Sent(
            ConsumerRecord<byte[], byte[]> event,
            boolean onInbox,
            CompletionStage<RecordMetadata> stage) {}

    private CompletionStage<RecordMetadata> send(
            ConsumerRecord<byte[], byte[]> event, Routed routed) {
        return switch (routed) {
            case Routed.Start start -> passage.sink().start(start.saga(), start.trigger());
            case Routed.Arrives arrives -> passage.sink().arrive(arrives.saga(), arrives.arrival());
            case Routed.Refused refused ->
                    passage.sink().deadLetter(event, refused.code(), refused.reason());
        };
    }

    private void await(List<Sent> sent) {
        long until = System.nanoTime() + ACKS.toNanos();
        for (Sent sending : sent) {
            Optional<Throwable> failure = failure(sending.stage(), until);
            if (failure.isPresent() && failure.get() instanceof RecordTooLargeException tooLarge) {
                failure = failure(withoutValue(sending.event(), tooLarge), until);
            }
            if (failure.isPresent()) {
                throw new KafkaException(
                        "the inbox could not be written: " + failure.get(), failure.get());
            }
        }
    }

    /** What is too large for the inbox may be too large for the dead letters: value left out. */
    private CompletionStage<RecordMetadata> withoutValue(
            ConsumerRecord<byte[], byte[]> event, RecordTooLargeException tooLarge) {
        return passage.sink()
                .deadLetterWithoutValue(event, "TOO_LARGE", String.valueOf(tooLarge.getMessage()));
    }

    private static Optional<Throwable> failure(CompletionStage<RecordMetadata> stage, long until) {
        try {
            stage.toCompletableFuture()
                    .get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException failed) {
            return Optional.of(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            return Optional.of(late);
        } catch (InterruptedException stop) {
            throw new InterruptException(stop);
        }
    }

    private void commit(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionProgress before = progress.get(partition);
            if (before != null && consumer.assignment().contains(partition)) {
                long position = consumer.position(partition, COMMIT);
                PartitionProgress after = before.at(position);
                progress.put(partition, after);
                offsets.put(partition, new OffsetAndMetadata(position, after.format()));
            }
        }
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets, COMMIT);
        }
    }
}
