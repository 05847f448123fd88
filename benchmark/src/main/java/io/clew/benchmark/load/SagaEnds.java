package io.clew.benchmark.load;

import io.clew.avro.AvroFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Ends of sagas, as {@code saga.events} tells them.
 *
 * @param keys of the sagas that count
 */
record SagaEnds(SagaKey keys) {

    static final String TOPIC = "saga.events";

    private static final String COMPENSATED = "COMPENSATED";
    private static final String COMPLETED = "COMPLETED";

    /** Most transitions are no end: the phase is read without decoding what comes after it. */
    Target.End of(ConsumerRecord<byte[], byte[]> record) {
        long saga = keys.saga(record.key());
        if (saga < 0) {
            return Target.End.NONE;
        }
        return ended(saga, record.value());
    }

    /** Skips the fields of {@code SagaTransition} that stand before those it needs. */
    private static Target.End ended(long saga, byte[] value) {
        BinaryDecoder fields =
                DecoderFactory.get()
                        .binaryDecoder(
                                value,
                                AvroFrame.HEADER_LENGTH,
                                value.length - AvroFrame.HEADER_LENGTH,
                                null);
        try {
            fields.skipString();
            long run = fields.readLong();
            fields.skipString();
            fields.readInt();
            fields.skipString();
            fields.readLong();
            return switch (fields.readString()) {
                case COMPLETED -> new Target.End(saga, false, Math.max(0, fields.readLong() - run));
                case COMPENSATED ->
                        new Target.End(saga, true, Math.max(0, fields.readLong() - run));
                default -> Target.End.NONE;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
