package io.clew.it.faults.load;

import io.clew.it.system.Framed;
import io.clew.it.system.PlainReply;
import io.clew.payment.ChargePayment;
import io.clew.payment.RefundPayment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The participant of errands, by plain clients: takes its time, says meanwhile that it is at work,
 * or says nothing at all, as the kind of the errand has it.
 */
public final class Clerk implements AutoCloseable {
    private static final int LEAST_SLOW_MILLIS = 500;
    private static final int MOST_SLOW_MILLIS = 6_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Function<String, ErrandKind> kinds;
    private final Duration patience;
    private final SplittableRandom random;
    private final ClerkBooks books = new ClerkBooks();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Thread thread;
    private final AtomicReference<Optional<RuntimeException>> trouble =
            new AtomicReference<>(Optional.empty());
    private volatile boolean open = true;

    /** What is to be said, and when. */
    private record Due(
            long atNanos,
            ConsumerRecord<byte[], byte[]> command,
            ErrandKind kind,
            boolean progress) {}

    private Clerk(
            String bootstrap, Function<String, ErrandKind> kinds, Duration patience, long seed) {
        this.kinds = kinds;
        this.patience = patience;
        random = new SplittableRandom(seed);
        Map<String, Object> reading = new HashMap<>();
        reading.put("bootstrap.servers", bootstrap);
        reading.put("isolation.level", "read_uncommitted");
        reading.put("auto.offset.reset", "earliest");
        consumer =
                new KafkaConsumer<>(
                        reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        consumer.assign(
                consumer.partitionsFor(Errands.COMMANDS).stream()
                        .map(it -> new TopicPartition(Errands.COMMANDS, it.partition()))
                        .toList());
        thread = Thread.ofPlatform().name("clerk").unstarted(this::run);
    }

    /**
     * Begins to work.
     *
     * @param kinds by id of the errand
     * @param patience how long the lingering step takes
     */
    public static Clerk start(
            String bootstrap, Function<String, ErrandKind> kinds, Duration patience, long seed) {
        Clerk clerk = new Clerk(bootstrap, kinds, patience, seed);
        clerk.thread.start();
        return clerk;
    }

    public ClerkBooks books() {
        return books;
    }

    private void run() {
        try (consumer;
                producer) {
            while (open) {
                consumer.poll(Duration.ofMillis(20)).forEach(this::take);
                sendWhatIsDue(System.nanoTime());
            }
        } catch (RuntimeException e) {
            trouble.set(Optional.of(e));
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> command) {
        ErrandKind kind = kinds.apply(errandId(command));
        String step = PlainReply.header(command, "ce_sagastep");
        boolean lingers = step.equals(Errands.LINGERING) && isAction(command);
        if (lingers && kind == ErrandKind.SILENT) {
            return;
        }
        if (lingers && kind == ErrandKind.BUSY) {
            // Each silence is shorter than the step's timeout, both together are not.
            say(command, kind, patience.multipliedBy(3).dividedBy(2), true);
        }
        say(command, kind, lingers ? lingering(kind) : usual(kind, step), false);
    }

    private Duration lingering(ErrandKind kind) {
        return switch (kind) {
            case LONG -> patience;
            case BUSY -> patience.multipliedBy(3);
            case SLOW -> slowly();
            default -> Duration.ZERO;
        };
    }

    private Duration usual(ErrandKind kind, String step) {
        boolean slow =
                kind == ErrandKind.SLOW
                        || kind == ErrandKind.REFUSED_IN_BRANCH && !step.equals(Errands.PAPERS);
        return slow ? slowly() : Duration.ZERO;
    }

    private Duration slowly() {
        return Duration.ofMillis(random.nextInt(LEAST_SLOW_MILLIS, MOST_SLOW_MILLIS));
    }

    private void say(
            ConsumerRecord<byte[], byte[]> command,
            ErrandKind kind,
            Duration in,
            boolean progress) {
        due.add(new Due(System.nanoTime() + in.toNanos(), command, kind, progress));
    }

    private static boolean isAction(ConsumerRecord<byte[], byte[]> command) {
        return PlainReply.header(command, "ce_sagadirection").equals("action");
    }

    private static String errandId(ConsumerRecord<byte[], byte[]> command) {
        return isAction(command)
                ? Framed.read(command.value(), new ChargePayment()).getOrderId()
                : Framed.read(command.value(), new RefundPayment()).getOrderId();
    }

    private void sendWhatIsDue(long until) {
        while (!due.isEmpty() && due.peek().atNanos() <= until) {
            Due next = due.poll();
            PlainReply reply =
                    next.progress()
                            ? PlainReply.progress()
                            : books.answer(next.command(), next.kind());
            sent.add(producer.send(reply.to(next.command())));
        }
    }

    /** Says no more; returns when all that was said is on the inbox. */
    @Override
    public void close() {
        open = false;
        try {
            thread.join();
            trouble.get()
                    .ifPresent(
                            it -> {
                                throw new IllegalStateException("The clerk has stopped", it);
                            });
            for (Future<RecordMetadata> reply : sent) {
                reply.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected every answer to be taken but", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
