package io.clew.participant;

import static io.clew.participant.WireHeaders.put;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Keeps a record nobody could be answered about: its bytes, its headers, cause and origin. */
final class DeadLetters {
    static final String CAUSE = "clew_dlt_cause";
    static final String REASON = "clew_dlt_reason";
    static final String TOPIC = "clew_dlt_topic";
    static final String PARTITION = "clew_dlt_partition";
    static final String OFFSET = "clew_dlt_offset";

    private final String topic;

    DeadLetters(String topic) {
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, String cause, String reason) {
        var headers = new RecordHeaders(record.headers());
        put(headers, CAUSE, cause);
        put(headers, REASON, reason);
        put(headers, TOPIC, record.topic());
        put(headers, PARTITION, Integer.toString(record.partition()));
        put(headers, OFFSET, Long.toString(record.offset()));
        return new ProducerRecord<>(topic, null, record.key(), record.value(), headers);
    }

    /** For a reply that was committed but cannot be delivered; what is too large stays behind. */
    ProducerRecord<byte[], byte[]> ofUndeliverable(
            ProducerRecord<byte[], byte[]> reply, Throwable cause) {
        var headers = new RecordHeaders(reply.headers());
        put(headers, CAUSE, "UNDELIVERABLE_REPLY");
        put(headers, REASON, String.valueOf(cause.getMessage()));
        put(headers, TOPIC, reply.topic());
        put(headers, PARTITION, String.valueOf(reply.partition()));
        var value = cause instanceof RecordTooLargeException ? null : reply.value();
        return new ProducerRecord<>(topic, null, reply.key(), value, headers);
    }
}
