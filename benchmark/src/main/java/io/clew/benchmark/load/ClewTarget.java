package io.clew.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clew.avro.AvroFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Clew, as the driver speaks to it: events in, {@code saga.events} out. */
final class ClewTarget implements Target {

    private static final String COMPENSATED = "COMPENSATED";
    private static final String COMPLETED = "COMPLETED";

    private final String topic;
    private final String prefix;
    private final SagaKey sagaIds;
    private final OrderSchemas schemas;

    ClewTarget(String definition, String prefix, OrderSchemas schemas) {
        this.topic = OrderSchemas.triggers(definition);
        this.prefix = prefix;
        this.sagaIds = SagaKey.of(definition + ":" + prefix);
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
        return "saga.events";
    }

    /** Most transitions are no end: the phase is read without decoding what comes after it. */
    @Override
    public End end(ConsumerRecord<byte[], byte[]> record) {
        long saga = sagaIds.saga(record.key());
        if (saga < 0) {
            return End.NONE;
        }
        return ended(saga, record.value());
    }

    /** Skips the fields of {@code SagaTransition} that stand before those it needs. */
    private static End ended(long saga, byte[] value) {
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
                case COMPLETED -> new End(saga, false, Math.max(0, fields.readLong() - run));
                case COMPENSATED -> new End(saga, true, Math.max(0, fields.readLong() - run));
                default -> End.NONE;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
