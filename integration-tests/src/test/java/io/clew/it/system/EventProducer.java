package io.clew.it.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A plain Kafka producer; the serializer is named in its configuration only. */
public final class EventProducer implements AutoCloseable {
    private final List<Future<RecordMetadata>> underWay = new ArrayList<>();
    private final KafkaProducer<String, Object> producer;

    public EventProducer(String bootstrap, String registryUrl) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        config.put("value.serializer", "io.clew.avro.ClewAvroSerializer");
        config.put("schema.registry.url", registryUrl);
        config.put(
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
        config.put("acks", "all");
        config.put("max.request.size", 1_000_000);
        producer = new KafkaProducer<>(config);
    }

    /** Places orders and returns when the broker has all of them. */
    public void place(PlacedOrder... orders) {
        placeOn("order.events", List.of(orders));
    }

    /** Places one under the key of another. */
    RecordMetadata placeUnder(String key, PlacedOrder order) {
        return await(producer.send(new ProducerRecord<>("order.events", key, order.event())));
    }

    /** Places one in a partition of its topic that need not be its key's. */
    public void placeIn(TopicPartition partition, PlacedOrder order) {
        await(
                producer.send(
                        new ProducerRecord<>(
                                partition.topic(),
                                partition.partition(),
                                order.id(),
                                order.event())));
    }

    /** The same on another topic. */
    public void placeOn(String topic, List<PlacedOrder> orders) {
        List<Future<RecordMetadata>> sent = orders.stream().map(it -> send(topic, it)).toList();
        sent.forEach(EventProducer::await);
    }

    /** Places an order without waiting; {@link #close} waits for all of them. */
    public void send(PlacedOrder order) {
        sendOn("order.events", order);
    }

    /** The same on another topic. */
    public void sendOn(String topic, PlacedOrder order) {
        underWay.add(send(topic, order));
    }

    private Future<RecordMetadata> send(String topic, PlacedOrder order) {
        return producer.send(new ProducerRecord<>(topic, order.id(), order.event()));
    }

    /** Returns when the broker has it, and where. */
    static RecordMetadata await(Future<RecordMetadata> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected the broker to take it but", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        underWay.forEach(EventProducer::await);
        producer.close();
    }
}
