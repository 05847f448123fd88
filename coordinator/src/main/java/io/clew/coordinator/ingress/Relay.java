package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.ingress.RelayRouter.Brought;
import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.RelayWriter;
import io.clew.saga.ChildSagas;
import io.clew.saga.NotYetException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The participant that all child sagas are to their parents: brings what stands on the topic of
 * commands to children to the inbox, in its order. It reads uncommitted, as participants do, and
 * commits after the inbox has it, so a crash repeats; nothing is lost, and the inbox tells repeats.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Relay.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long ACKS_SECONDS = 60;
    private static final int MAX_DEAD_BYTES = 512 << 10;

    private final Map<String, Object> kafka;
    private final Outlet outlet;
    private final RelayRouter router;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "clew-relay");
    private volatile Optional<String> problem = Optional.of("not started yet");

    /**
     * Over a real broker.
     *
     * @param kafka how clients reach it
     * @param group its consumer group
     * @param outlet where it writes, in no transaction
     * @param kin what it needs to know
     */
    public Relay(Map<String, Object> kafka, String group, Outlet outlet, Kin kin) {
        this.kafka = config(kafka, group);
        this.outlet = outlet;
        this.router =
                new RelayRouter(
                        kin.definitions(),
                        kin.stamp(),
                        new RelayWriter(kin.inbox()),
                        InstantSource.system());
    }

    /**
     * Where a relay writes.
     *
     * @param producer to the inbox
     * @param deadLetters takes what nobody can read
     */
    public record Outlet(Producer<byte[], byte[]> producer, InboxSink deadLetters) {}

    /**
     * What a relay needs to know.
     *
     * @param definitions those of children
     * @param stamp stamps their starts
     * @param inbox where it writes
     */
    public record Kin(AppliedDefinitions definitions, Stamp stamp, Inbox inbox) {}

    private static Map<String, Object> config(Map<String, Object> kafka, String group) {
        Map<String, Object> config = Consumers.config(kafka, group, "clew-relay");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return config;
    }

    /** Starts reading; returns at once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Why nothing is brought at present, if so. */
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> consumer = Consumers.of(kafka)) {
                serve(consumer);
            } catch (RuntimeException wrong) {
                String now = String.valueOf(wrong.getMessage());
                if (!problem.equals(Optional.of(now))) {
                    LOGGER.warn("Expected to bring commands to child sagas but {}", now);
                }
                problem = Optional.of(now);
                await();
            }
        }
    }

    private void serve(Consumer<byte[], byte[]> consumer) {
        consumer.subscribe(List.of(ChildSagas.TOPIC));
        while (closed.getCount() > 0) {
            problem = bring(consumer, consumer.poll(POLL));
            if (problem.isPresent()) {
                await();
            }
        }
    }

    private void await() {
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings what was read; what cannot be brought yet is read again. */
    private Optional<String> bring(
            Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Optional<String> waits = Optional.empty();
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> said : records.records(partition)) {
                try {
                    sent.add(send(said));
                } catch (NotYetException wait) {
                    consumer.seek(partition, said.offset());
                    waits = Optional.of(partition + " waits: " + wait.getMessage());
                    break;
                }
            }
        }
        acknowledged(sent);
        if (!records.isEmpty()) {
            consumer.commitSync();
        }
        return waits;
    }

    private Future<RecordMetadata> send(ConsumerRecord<byte[], byte[]> said) {
        return switch (brought(said)) {
            case Brought.ToInbox it -> outlet.producer().send(it.out());
            case Brought.Dead it -> deadLetter(said, it).toCompletableFuture();
        };
    }

    private Brought brought(ConsumerRecord<byte[], byte[]> said) {
        try {
            return router.route(said);
        } catch (NotYetException wait) {
            throw wait;
        } catch (RuntimeException fault) {
            // One record that nobody foresaw must not hold back all that follow.
            return new Brought.Dead("UNPROCESSABLE", String.valueOf(fault));
        }
    }

    /** What is large stays on its topic: a dead letter of it must always be possible. */
    private CompletionStage<RecordMetadata> deadLetter(
            ConsumerRecord<byte[], byte[]> said, Brought.Dead why) {
        boolean small = said.value() == null || said.value().length <= MAX_DEAD_BYTES;
        InboxSink letters = outlet.deadLetters();
        return small
                ? letters.deadLetter(said, why.code(), why.reason())
                : letters.deadLetterWithoutValue(said, why.code(), why.reason());
    }

    private static void acknowledged(List<Future<RecordMetadata>> sent) {
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get(ACKS_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException failed) {
                throw new KafkaException("the inbox could not be written: " + failed, failed);
            } catch (InterruptedException stop) {
                throw new InterruptException(stop);
            }
        }
    }
}
