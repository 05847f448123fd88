package io.clew.it;

import io.clew.it.system.PlainExecutions;
import io.clew.it.system.PlainReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Plays the participant {@code shipping} with nothing but Kafka clients, Avro and the generated
 * records: the wire contract is enough. {@link PlainBooks} has the effects, {@link PlainExecutions}
 * the rules, {@link PlainReply} the headers; this is the loop.
 */
final class PlainShipper implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final PlainBooks books = new PlainBooks();
    private final Thread thread;
    private volatile boolean open = true;

    PlainShipper(String bootstrap) {
        Map<String, Object> reading = new HashMap<>();
        reading.put("bootstrap.servers", bootstrap);
        reading.put("group.id", "plain-shipper-" + UUID.randomUUID());
        reading.put("isolation.level", "read_uncommitted");
        reading.put("auto.offset.reset", "earliest");
        reading.put("enable.auto.commit", false);
        consumer =
                new KafkaConsumer<>(
                        reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        consumer.subscribe(List.of("shipping.commands"));
        thread = Thread.ofPlatform().name("plain-shipper").start(this::run);
    }

    PlainBooks books() {
        return books;
    }

    private void run() {
        while (open) {
            List<Future<RecordMetadata>> replies = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> command : consumer.poll(Duration.ofMillis(100))) {
                if (command.headers().lastHeader("ce_id") != null) {
                    replies.add(producer.send(books.answer(command).to(command)));
                }
            }
            replies.forEach(PlainShipper::await);
            consumer.commitSync();
        }
        consumer.close();
    }

    private static void await(Future<RecordMetadata> reply) {
        try {
            reply.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
