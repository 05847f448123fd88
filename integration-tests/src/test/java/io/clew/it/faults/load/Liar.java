package io.clew.it.faults.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.it.system.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Stands beside the inbox and answers what has been answered: once more, late, the other way round,
 * for sagas and steps that are not there. It speaks only after the truth, so nothing it says may
 * change anything.
 */
public final class Liar implements AutoCloseable {
    public static final String SOURCE = "/liar";

    /** Begins the id of every saga that does not exist. */
    public static final String NOBODY = "order-fulfilment:nobody-";

    private static final String INBOX = "saga.inbox";
    private static final int ONE_OF = 25;
    private static final int LATEST_SECONDS = 20;

    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final SplittableRandom random;
    private final PriorityQueue<Later> later =
            new PriorityQueue<>((a, b) -> Long.compare(a.dueNanos(), b.dueNanos()));
    private final Map<Lie, Integer> told = new EnumMap<>(Lie.class);
    private final Thread thread;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private volatile boolean open = true;

    /** What can be wrong with a reply. */
    public enum Lie {
        DUPLICATE,
        LATE,
        CONTRADICTION,
        OLD_ERROR,
        UNKNOWN_STEP,
        UNKNOWN_SAGA
    }

    private record Later(long dueNanos, ProducerRecord<String, byte[]> reply) {}

    private Liar(String bootstrap, long seed) {
        random = new SplittableRandom(seed);
        Map<String, Object> reading =
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest");
        consumer =
                new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                        new StringSerializer(),
                        new ByteArraySerializer());
        consumer.assign(
                consumer.partitionsFor(INBOX).stream()
                        .map(it -> new TopicPartition(INBOX, it.partition()))
                        .toList());
        thread = Thread.ofPlatform().name("liar").unstarted(this::run);
    }

    public static Liar start(String bootstrap, long seed) {
        Liar liar = new Liar(bootstrap, seed);
        liar.thread.start();
        return liar;
    }

    /** How many lies of each kind are on the inbox; whole once this is closed. */
    public Map<Lie, Integer> told() {
        return Map.copyOf(told);
    }

    private void run() {
        while (open) {
            for (ConsumerRecord<String, byte[]> it : consumer.poll(Duration.ofMillis(200))) {
                boolean isTrue = !SOURCE.equals(Topic.header(it, "ce_source"));
                String outcome = Topic.header(it, "ce_sagaoutcome");
                boolean isFinal = outcome.equals("succeeded") || outcome.equals("failed");
                if (isTrue && isFinal && random.nextInt(ONE_OF) == 0) {
                    lie(it, outcome);
                }
            }
            sendWhatIsDue(System.nanoTime());
        }
        sendWhatIsDue(Long.MAX_VALUE);
        producer.close();
        consumer.close();
    }

    private void lie(ConsumerRecord<String, byte[]> truth, String outcome) {
        Lie lie = Lie.values()[random.nextInt(Lie.values().length)];
        told.merge(lie, 1, Integer::sum);
        ProducerRecord<String, byte[]> reply =
                new ProducerRecord<>(
                        INBOX,
                        truth.partition(),
                        lie == Lie.UNKNOWN_SAGA ? NOBODY + UUID.randomUUID() : truth.key(),
                        truth.value());
        truth.headers().forEach(header -> reply.headers().add(header));
        put(reply, "ce_source", SOURCE);
        put(reply, "ce_id", UUID.randomUUID().toString());
        switch (lie) {
            case DUPLICATE, LATE -> {}
            case CONTRADICTION -> {
                put(reply, "ce_sagaoutcome", outcome.equals("failed") ? "succeeded" : "failed");
                put(reply, "ce_sagacode", "LIE");
                put(reply, "ce_sagareason", "It was the other way round");
            }
            case OLD_ERROR -> {
                put(reply, "ce_sagaoutcome", "error");
                put(reply, "ce_sagacode", "LIE");
                put(reply, "ce_sagareason", "It did not work");
            }
            case UNKNOWN_STEP -> put(reply, "ce_sagastep", "neverHeardOf");
            case UNKNOWN_SAGA -> put(reply, "ce_sagaid", reply.key());
        }
        int seconds = lie == Lie.LATE ? 1 + random.nextInt(LATEST_SECONDS) : 0;
        later.add(new Later(System.nanoTime() + Duration.ofSeconds(seconds).toNanos(), reply));
    }

    private void sendWhatIsDue(long until) {
        while (!later.isEmpty() && later.peek().dueNanos() <= until) {
            sent.add(producer.send(later.poll().reply()));
        }
    }

    private static void put(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().remove(name);
        record.headers().add(name, value.getBytes(UTF_8));
    }

    /** Tells what is still to be told and stops. */
    @Override
    public void close() {
        open = false;
        try {
            thread.join();
            for (Future<RecordMetadata> lie : sent) {
                lie.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected to tell every lie but", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
