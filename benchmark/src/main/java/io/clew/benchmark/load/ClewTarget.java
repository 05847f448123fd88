package io.clew.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Clew, as the driver speaks to it: events in, {@code saga.events} out. */
final class ClewTarget implements Target {

    private final String topic;
    private final String prefix;
    private final SagaEnds ends;
    private final OrderSchemas schemas;

    ClewTarget(String definition, String prefix, OrderSchemas schemas) {
        this.topic = OrderSchemas.triggers(definition);
        this.prefix = prefix;
        this.ends = new SagaEnds(SagaKey.of(definition + ":" + prefix));
        this.schemas = schemas;
    }

    @Override
    public ProducerRecord<byte[], byte[]> start(long saga, boolean refuse) {
        String orderId = prefix + saga;
        return new ProducerRecord<>(
                topic, orderId.getBytes(US_ASCII), schemas.placed(orderId, refuse));
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
