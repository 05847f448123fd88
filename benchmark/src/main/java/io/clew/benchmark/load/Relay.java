package io.clew.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One thread that reads a topic and answers every record, acknowledging what it read once its
 * answers are on the log. Worker and floor coordinator are both of this shape.
 */
final class Relay {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Sender sender;
    private final Handler handler;

    /** Answers one record with any number of records. */
    interface Handler {
        void handle(
                ConsumerRecord<byte[], byte[]> record,
                Consumer<ProducerRecord<byte[], byte[]>> answers);
    }

    Relay(String bootstrapServers, String topic, Handler handler) {
        this.consumer = Clients.member(bootstrapServers, "bench-" + topic, topic);
        this.sender = new Sender(bootstrapServers);
        this.handler = handler;
    }

    /** Runs until the process is told to end. */
    void run(Path sign) {
        var running = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> wake(running)));
        long commitAt = System.nanoTime() + COMMIT_NANOS;
        boolean ready = false;
        try (consumer;
                sender) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    handler.handle(record, sender::send);
                }
                if (!ready && !consumer.assignment().isEmpty()) {
                    ready = true;
                    give(sign);
                }
                if (System.nanoTime() > commitAt) {
                    sender.flush();
                    consumer.commitAsync();
                    commitAt = System.nanoTime() + COMMIT_NANOS;
                }
            }
        } catch (WakeupException told) {
            return;
        }
    }

    private void wake(Thread running) {
        consumer.wakeup();
        try {
            running.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void give(Path sign) {
        try {
            Files.writeString(sign, "ready");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
