package io.clew.language.frame;

import io.clew.saga.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes records of one pinned schema; equal records have equal bytes, for ever. */
public final class FrameWriter {

    private static final int USUAL_SIZE = 256;

    private final byte[] header;
    private final GenericDatumWriter<Object> writer;

    public FrameWriter(int id, Schema pinned) {
        this.header = ByteBuffer.allocate(1 + Integer.BYTES).put((byte) 0).putInt(id).array();
        this.writer = new SortedWriter(pinned);
    }

    /** The record in its frame. */
    public Bytes write(Object datum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
        out.writeBytes(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static final class SortedWriter extends GenericDatumWriter<Object> {

        SortedWriter(Schema schema) {
            super(schema, new GenericData());
        }

        @Override
        @SuppressWarnings("unchecked")
        protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
            Map<String, Map.Entry<Object, Object>> sorted = new TreeMap<>();
            for (Map.Entry<Object, Object> entry : ((Map<Object, Object>) map).entrySet()) {
                sorted.put(entry.getKey().toString(), entry);
            }
            return sorted.values();
        }
    }
}
