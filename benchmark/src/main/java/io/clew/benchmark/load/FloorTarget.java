package io.clew.benchmark.load;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The floor, as the driver speaks to it. */
record FloorTarget(SagaKey keys) implements Target {

    @Override
    public ProducerRecord<byte[], byte[]> start(long saga, boolean refuse) {
        return new ProducerRecord<>(FloorRecords.INBOX, keys.key(saga), FloorRecords.start(refuse));
    }

    @Override
    public String ends() {
        return FloorRecords.EVENTS;
    }

    @Override
    public End end(ConsumerRecord<byte[], byte[]> record) {
        return new End(keys.saga(record.key()), FloorRecords.compensated(record.value()), 0);
    }
}
