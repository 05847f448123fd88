package io.clew.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.shipping.BookShipment;
import io.clew.shipping.CancelShipment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Plays the participant {@code shipping} with nothing but Kafka clients, Avro and the generated
 * records: the wire contract is enough.
 */
final class PlainShipper implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, String> outcomes = new ConcurrentHashMap<>();
    private final Map<String, String> booked = new ConcurrentHashMap<>();
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

    /** City an order's shipment was booked to. */
    Map<String, String> booked() {
        return Map.copyOf(booked);
    }

    private void run() {
        while (open) {
            List<Future<RecordMetadata>> replies = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> command : consumer.poll(Duration.ofMillis(100))) {
                if (command.headers().lastHeader("ce_id") != null) {
                    replies.add(answer(command));
                }
            }
            replies.forEach(PlainShipper::await);
            consumer.commitSync();
        }
        consumer.close();
    }

    private Future<RecordMetadata> answer(ConsumerRecord<byte[], byte[]> command) {
        String id = header(command, "ce_id");
        String identity = id.substring(0, id.lastIndexOf('/'));
        String outcome = outcomes.computeIfAbsent(identity, unseen -> act(command));
        ProducerRecord<byte[], byte[]> reply =
                new ProducerRecord<>(
                        header(command, "ce_sagareplytopic"),
                        Integer.parseInt(header(command, "ce_sagareplypartition")),
                        command.key(),
                        null);
        for (Header header : command.headers()) {
            if (header.key().startsWith("ce_saga")) {
                reply.headers().add(header);
            }
        }
        put(reply, "ce_specversion", "1.0");
        put(reply, "ce_id", UUID.randomUUID().toString());
        put(reply, "ce_type", "plain.ShippingReply");
        put(reply, "ce_source", "/plain-shipper");
        put(reply, "ce_time", Instant.now().toString());
        put(reply, "ce_sagakind", "reply");
        put(reply, "ce_sagaoutcome", outcome);
        return producer.send(reply);
    }

    private String act(ConsumerRecord<byte[], byte[]> command) {
        switch (header(command, "ce_type")) {
            case "io.clew.shipping.BookShipment" -> {
                BookShipment book = read(command.value(), new BookShipment());
                booked.put(book.getOrderId(), book.getAddress().getCity());
            }
            case "io.clew.shipping.CancelShipment" ->
                    booked.remove(read(command.value(), new CancelShipment()).getOrderId());
            default -> throw new AssertionError("unknown command " + header(command, "ce_type"));
        }
        return "succeeded";
    }

    /** Skips the magic byte and the schema id: writer and reader schema are the same here. */
    private static <T extends SpecificRecordBase> T read(byte[] framed, T record) {
        byte[] avro = Arrays.copyOfRange(framed, 5, framed.length);
        try {
            return new SpecificDatumReader<T>(record.getSchema())
                    .read(record, DecoderFactory.get().binaryDecoder(avro, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static void put(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
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
