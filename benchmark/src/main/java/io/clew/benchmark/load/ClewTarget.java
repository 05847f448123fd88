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

    static final String DEFINITION = "order-saga-3";

    private static final String COMPENSATED = "COMPENSATED";
    private static final String COMPLETED = "COMPLETED";

    private final String prefix;
    private final SagaKey sagaIds;
    private final OrderSchemas schemas;

    ClewTarget(String prefix, OrderSchemas schemas) {
        this.prefix = prefix;
        this.sagaIds = SagaKey.of(DEFINITION + ":" + prefix);
        this.schemas = schemas;
    }

    @Override
    public ProducerRecord<byte[], byte[]> start(long saga, boolean refuse) {
        String orderId = prefix + saga;
        return new ProducerRecord<>(
                OrderSchemas.TRIGGERS, orderId.getBytes(US_ASCII), schemas.placed(orderId, refuse));
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
        return switch (phase(record.value())) {
            case COMPLETED -> new End(saga, false);
            case COMPENSATED -> new End(saga, true);
            default -> End.NONE;
        };
    }

    /** Skips the fields of {@code SagaTransition} that stand before its phase. */
    private static String phase(byte[] value) {
        BinaryDecoder fields =
                DecoderFactory.get()
                        .binaryDecoder(
                                value,
                                AvroFrame.HEADER_LENGTH,
                                value.length - AvroFrame.HEADER_LENGTH,
                                null);
        try {
            fields.skipString();
            fields.readLong();
            fields.skipString();
            fields.readInt();
            fields.skipString();
            fields.readLong();
            return fields.readString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
