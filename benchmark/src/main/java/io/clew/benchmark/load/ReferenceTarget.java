package io.clew.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clew.avro.AvroFrame;
import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.order.OrderPlaced;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The reference application, as anyone with a Kafka client speaks to it. */
final class ReferenceTarget implements Target {

    private static final String TOPIC = "order.events";
    private static final Schema SCHEMA = OrderPlaced.getClassSchema();

    private final String prefix;
    private final SagaEnds ends;
    private final int schemaId;

    private ReferenceTarget(String definition, String prefix, int schemaId) {
        this.prefix = prefix;
        this.ends = new SagaEnds(SagaKey.of(definition + ":" + prefix));
        this.schemaId = schemaId;
    }

    /** Once the order service has registered its event. */
    static ReferenceTarget of(Plan plan) {
        try (var registry = new RegistryClient(RegistryConfig.of(plan.places().registry()))) {
            int id = registry.register(TOPIC + "-" + SCHEMA.getFullName(), SCHEMA);
            return new ReferenceTarget(plan.load().definition(), plan.prefix(), id);
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> start(long saga, boolean refuse) {
        String orderId = prefix + saga;
        return new ProducerRecord<>(
                TOPIC,
                orderId.getBytes(US_ASCII),
                AvroFrame.encode(schemaId, SCHEMA, Orders.event(orderId, refuse)));
    }

    @Override
    public String ends() {
        return SagaEnds.TOPIC;
    }

    @Override
    public End end(ConsumerRecord<byte[], byte[]> record) {
        return ends.of(record);
    }
}
