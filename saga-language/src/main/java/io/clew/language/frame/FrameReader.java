package io.clew.language.frame;

import io.clew.avro.frame.FrameDecoder;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads framed records as one pinned schema, whatever schema they were written with. Logical types
 * stay as Avro stores them.
 */
public final class FrameReader {

    private static final int HEADER = 1 + Integer.BYTES;

    private final Schema pinned;
    private final IntFunction<Schema> writers;
    private final ConcurrentMap<Integer, GenericDatumReader<GenericRecord>> readers =
            new ConcurrentHashMap<>();

    /**
     * Reads as {@code pinned}.
     *
     * @param writers the schema of an id; what it throws is passed on
     */
    public FrameReader(Schema pinned, IntFunction<Schema> writers) {
        this.pinned = pinned;
        this.writers = writers;
    }

    public Schema pinned() {
        return pinned;
    }

    /**
     * The record in a frame.
     *
     * @throws MappingException if the bytes are not a record that can be read as the pinned schema
     */
    public GenericRecord read(Bytes frame) {
        byte[] bytes = frame.array();
        if (bytes.length < HEADER || bytes[0] != 0) {
            throw new MappingException(
                    "Expected a "
                            + pinned.getFullName()
                            + " in Confluent's frame but got "
                            + frame);
        }
        GenericDatumReader<GenericRecord> reader = reader(ByteBuffer.wrap(bytes).getInt(1));
        FrameDecoder decoder = new FrameDecoder(bytes, HEADER, bytes.length - HEADER);
        GenericRecord read;
        try {
            read = reader.read(null, decoder);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new MappingException(
                    "Expected bytes of a " + pinned.getFullName() + " but: " + e.getMessage(), e);
        }
        if (decoder.remaining() > 0) {
            throw new MappingException(
                    "Expected a "
                            + pinned.getFullName()
                            + " to fill its frame but "
                            + decoder.remaining()
                            + " bytes are left");
        }
        return read;
    }

    private GenericDatumReader<GenericRecord> reader(int id) {
        GenericDatumReader<GenericRecord> known = readers.get(id);
        return known == null
                ? readers.computeIfAbsent(id, it -> new StringReader(writers.apply(it), pinned))
                : known;
    }

    private static final class StringReader extends GenericDatumReader<GenericRecord> {

        StringReader(Schema writer, Schema reader) {
            super(writer, reader, new GenericData());
        }

        @Override
        protected Class<?> findStringClass(Schema schema) {
            return String.class;
        }
    }
}
