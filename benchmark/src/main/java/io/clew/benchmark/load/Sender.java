package io.clew.benchmark.load;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends without waiting; a record that could not be sent fails the next call. */
final class Sender implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private volatile @Nullable Exception failure;

    Sender(String bootstrapServers) {
        this.producer = Clients.producer(bootstrapServers);
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        send(record, () -> {});
    }

    /** Tells when the record is on the log. */
    void send(ProducerRecord<byte[], byte[]> record, Runnable accepted) {
        check();
        var unused =
                producer.send(
                        record,
                        (metadata, problem) -> {
                            if (problem == null) {
                                accepted.run();
                            } else {
                                failure = problem;
                            }
                        });
    }

    /** Returns when everything sent so far is on the log. */
    void flush() {
        producer.flush();
        check();
    }

    private void check() {
        Exception problem = failure;
        if (problem != null) {
            throw new IllegalStateException("Expected to send a record but could not", problem);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
