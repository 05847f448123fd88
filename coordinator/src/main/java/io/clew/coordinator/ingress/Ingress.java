package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.language.WriterSchemas;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of all definitions and puts starts, and events that may be awaited, on the
 * inbox, with one thread and one consumer group. Offsets are committed after the inbox has the
 * starts, so a crash repeats starts; their saga ids are the same and the engine rejects the second.
 */
public final class Ingress implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Ingress.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AppliedDefinitions definitions;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Passage passage;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "clew-ingress");
    private volatile Optional<IngressSession> session = Optional.empty();
    private volatile String problem = "not started yet";

    /**
     * What stands between a business event and the inbox.
     *
     * @param schemas schemas events are written with
     * @param stamp stamps starts
     * @param inbox takes them
     * @param admission holds them back
     */
    public record Entrance(
            WriterSchemas schemas, Stamp stamp, InboxSink inbox, Admission admission) {}

    /** Over a real broker. */
    public static Ingress over(
            Map<String, Object> kafka,
            String group,
            AppliedDefinitions definitions,
            Entrance entrance) {
        return new Ingress(
                definitions,
                () -> consumer(kafka, group),
                new Passage(
                        new TriggerRouter(
                                entrance.schemas(), entrance.stamp(), InstantSource.system()),
                        entrance.inbox(),
                        entrance.admission(),
                        new Skips()));
    }

    private Ingress(
            AppliedDefinitions definitions,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Passage passage) {
        this.definitions = definitions;
        this.consumers = consumers;
        this.passage = passage;
    }

    /** Starts reading; returns at once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** How it is doing. */
    public IngressStatus status() {
        return new IngressStatus(
                definitions.all().stream()
                        .flatMap(it -> it.topics().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                session.map(IngressSession::waiting).orElse(Map.of()),
                passage.skips().last(),
                passage.admission().closedBecause(),
                problem.isEmpty() ? Optional.empty() : Optional.of(problem));
    }

    /** How often events that were to be read next were not there any more. */
    public long skips() {
        return passage.skips().count();
    }

    /** How many events started nothing since no version of their definition is active. */
    public long untaken() {
        return passage.router().untaken().count();
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

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka, String group) {
        Map<String, Object> config = Consumers.config(kafka, group, "clew-ingress");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        return Consumers.of(config);
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                IngressSession reading = new IngressSession(consumer, definitions, passage);
                session = Optional.of(reading);
                while (closed.getCount() > 0) {
                    reading.step();
                    problem = "";
                }
            } catch (RuntimeException wrong) {
                trouble(wrong);
            } finally {
                session = Optional.empty();
            }
        }
    }

    /** A new consumer begins at the last committed offsets: nothing is lost by starting over. */
    private void trouble(RuntimeException wrong) {
        String now = String.valueOf(wrong.getMessage());
        if (!now.equals(problem)) {
            LOGGER.warn("Expected to read trigger topics but {}; starting over", now);
            LOGGER.debug("Ingress starts over", wrong);
        }
        problem = now;
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
