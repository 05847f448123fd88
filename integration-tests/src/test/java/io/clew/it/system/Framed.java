package io.clew.it.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;

/** Avro in Confluent's frame, read without a registry. */
public final class Framed {
    private static final int FRAME = 5;

    private Framed() {}

    /** Skips the magic byte and the schema id: writer and reader schema are the same here. */
    public static <T extends SpecificRecordBase> T read(byte[] framed, T record) {
        byte[] avro = Arrays.copyOfRange(framed, FRAME, framed.length);
        try {
            return new SpecificDatumReader<T>(record.getSchema())
                    .read(record, DecoderFactory.get().binaryDecoder(avro, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
