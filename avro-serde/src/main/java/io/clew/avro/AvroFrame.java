package io.clew.avro;

import io.clew.avro.frame.FrameDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Confluent's wire frame, magic byte 0, four bytes of schema id, Avro binary, and what is in it.
 *
 * <p>Maps are written in the order of their keys, so that equal values have equal bytes.
 */
public final class AvroFrame {

    /** How many bytes precede the Avro binary. */
    public static final int HEADER_LENGTH = 1 + Integer.BYTES;

    private static final byte MAGIC = 0;

    private AvroFrame() {}

    /** The schema id in a frame. */
    public static int schemaId(byte[] frame) {
        return checked(frame).getInt(1);
    }

    /** A view of the Avro binary in a frame. */
    public static ByteBuffer payload(byte[] frame) {
        return checked(frame).position(HEADER_LENGTH).slice();
    }

    /** Puts Avro binary into a frame. */
    public static byte[] frame(int schemaId, byte[] avro) {
        return ByteBuffer.allocate(HEADER_LENGTH + avro.length)
                .put(MAGIC)
                .putInt(schemaId)
                .put(avro)
                .array();
    }

    /** The frame of a generic or specific value that fits the schema. */
    public static byte[] encode(int schemaId, Schema schema, Object value) {
        var header = ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(schemaId).array();
        return write(header, schema, value);
    }

    /** The Avro binary of a generic or specific value that fits the schema. */
    public static byte[] encode(Schema schema, Object value) {
        return write(new byte[0], schema, value);
    }

    /** Reads a record with the schema it was written with. Strings are {@link String}s. */
    public static GenericRecord decodeGeneric(ByteBuffer payload, Schema writer) {
        return decodeGeneric(payload, writer, writer);
    }

    /** Reads a record as another schema, by Avro's rules of schema resolution. */
    public static GenericRecord decodeGeneric(ByteBuffer payload, Schema writer, Schema reader) {
        return (GenericRecord) decode(payload, AvroModels.genericReader(writer, reader));
    }

    /** Reads a record as a generated class, by Avro's rules of schema resolution. */
    public static <T extends SpecificRecord> T decodeSpecific(
            ByteBuffer payload, Schema writer, Class<T> type) {
        return type.cast(decode(payload, AvroModels.specificReader(writer, type)));
    }

    static Object decode(ByteBuffer payload, DatumReader<Object> reader) {
        var bytes = payload.hasArray() ? payload : copied(payload);
        var decoder =
                new FrameDecoder(
                        bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        Object value;
        try {
            value = reader.read(null, decoder);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new BadFrameException(
                    "Expected a value of the schema it names but the bytes are not one: " + e, e);
        }
        if (decoder.remaining() > 0) {
            throw new BadFrameException(
                    "Expected the value to fill its frame but %d bytes are left"
                            .formatted(decoder.remaining()));
        }
        return value;
    }

    private static byte[] write(byte[] header, Schema schema, Object value) {
        var out = new ByteArrayOutputStream(256);
        out.writeBytes(header);
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            AvroModels.writer(schema, value).write(value, encoder);
        } catch (AvroRuntimeException
                | ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException e) {
            throw new SerializationException(
                    "Expected a value of schema %s but: %s"
                            .formatted(schema.getFullName(), e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static ByteBuffer copied(ByteBuffer payload) {
        return ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    }

    private static ByteBuffer checked(byte[] frame) {
        if (frame.length < HEADER_LENGTH) {
            throw new BadFrameException(
                    "Expected at least %d bytes of frame but got %d"
                            .formatted(HEADER_LENGTH, frame.length));
        }
        if (frame[0] != MAGIC) {
            throw new BadFrameException(
                    "Expected magic byte 0 but got %d; is the value in Confluent's frame?"
                            .formatted(frame[0]));
        }
        return ByteBuffer.wrap(frame);
    }
}
