package io.clew.benchmark.load;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/** Tells every end that is committed, as soon as it is, from a thread of its own. */
final class EndReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;

    EndReader(String bootstrapServers, Target target, Consumer<Target.End> listener) {
        this.consumer = Clients.reader(bootstrapServers, target.ends());
        this.thread = Thread.ofPlatform().name("end-reader").start(() -> read(target, listener));
    }

    private void read(Target target, Consumer<Target.End> listener) {
        try (consumer) {
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                records.forEach(record -> tell(target.end(record), listener));
            }
        } catch (WakeupException closed) {
            return;
        }
    }

    private static void tell(Target.End end, Consumer<Target.End> listener) {
        if (end.saga() >= 0) {
            listener.accept(end);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
