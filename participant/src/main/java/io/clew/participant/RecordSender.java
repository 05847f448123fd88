package io.clew.participant;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Sends records and returns when the broker has acknowledged every one. */
final class RecordSender {
    private final Producer<byte[], byte[]> producer;
    private final DeadLetters deadLetters;

    RecordSender(Producer<byte[], byte[]> producer, DeadLetters deadLetters) {
        this.producer = producer;
        this.deadLetters = deadLetters;
    }

    /**
     * A record that no broker will ever take becomes a dead letter, so that one command with a
     * wrong reply address does not hold up the others; any other trouble is {@code Unavailable}.
     */
    void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
        var underway = new ArrayList<Future<RecordMetadata>>();
        for (var record : records) {
            underway.add(send(record));
        }
        producer.flush();
        for (var i = 0; i < records.size(); i++) {
            await(records.get(i), underway.get(i));
        }
    }

    /** Notices at once what fails at once: each further send could block as long again. */
    private Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        try {
            var future = producer.send(record);
            if (future.isDone()) {
                await(record, future);
            }
            return future;
        } catch (KafkaException e) {
            throw new UnavailableException("Kafka", e);
        }
    }

    private void await(ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            var cause = requireNonNullElse(e.getCause(), e);
            if (!isUndeliverable(record, cause)) {
                throw new UnavailableException("Kafka", cause);
            }
            buryDeadLetter(record, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Kafka", e);
        }
    }

    private boolean isUndeliverable(ProducerRecord<byte[], byte[]> record, Throwable cause) {
        return switch (cause) {
            case RecordTooLargeException e -> true;
            case InvalidTopicException e -> true;
            case UnknownTopicOrPartitionException e -> true;
            case TimeoutException e -> isKafkaHere() && !hasPartition(record);
            default -> false;
        };
    }

    private boolean isKafkaHere() {
        try {
            return !producer.partitionsFor(deadLetters.topic()).isEmpty();
        } catch (KafkaException e) {
            return false;
        }
    }

    private boolean hasPartition(ProducerRecord<byte[], byte[]> record) {
        try {
            var partition = record.partition();
            var count = producer.partitionsFor(record.topic()).size();
            return partition == null || partition < count;
        } catch (KafkaException e) {
            return false;
        }
    }

    private void buryDeadLetter(ProducerRecord<byte[], byte[]> record, Throwable cause) {
        if (record.topic().equals(deadLetters.topic())) {
            throw new UnavailableException("Kafka", cause);
        }
        try {
            producer.send(deadLetters.ofUndeliverable(record, cause)).get();
        } catch (ExecutionException | KafkaException e) {
            throw new UnavailableException("Kafka", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Kafka", e);
        }
    }
}
