package io.clew.testkit;

import io.clew.language.KnownSchemas;
import io.clew.language.frame.FrameReader;
import io.clew.language.frame.FrameWriter;
import io.clew.saga.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Records to and from the bytes that participants and services exchange. */
final class Frames {

    private final KnownSchemas schemas;

    Frames(KnownSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * The schema of a record.
     *
     * @throws IllegalArgumentException if it is not known
     */
    Schema schema(String record) {
        return schemas.byId(id(record));
    }

    Bytes write(IndexedRecord record) {
        String name = record.getSchema().getFullName();
        Object plain = record instanceof SpecificRecord specific ? generic(specific) : record;
        return new FrameWriter(id(name), record.getSchema()).write(plain);
    }

    GenericRecord read(String record, Bytes frame) {
        return new FrameReader(schema(record), schemas::byId).read(frame);
    }

    /** Generated classes keep logical types as Java has them; here they are as Avro stores them. */
    private static GenericRecord generic(SpecificRecord record) {
        Schema schema = record.getSchema();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(
                            schema, SpecificData.getForClass(record.getClass()))
                    .write(record, encoder);
            encoder.flush();
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int id(String record) {
        return schemas.id(record)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Expected a schema of " + record + " but none is known"));
    }
}
