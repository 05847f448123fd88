package io.clew.avro.frame;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary from a byte array and believes no length in it: Avro's own decoder allocates
 * what the bytes announce, so that a record of five bytes can exhaust the heap of whoever reads it.
 */
public final class FrameDecoder extends Decoder {

    /** How many items that take no bytes, such as nulls, a block may hold. */
    private static final int MAX_EMPTY_ITEMS = 1024;

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads {@code length} bytes from {@code offset} on. */
    public FrameDecoder(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** How many bytes have not been read. */
    public int remaining() {
        return end - position;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws EOFException {
        return switch (next()) {
            case 0 -> false;
            case 1 -> true;
            default ->
                    throw new AvroRuntimeException(
                            "Expected a boolean, 0 or 1, but got another byte");
        };
    }

    @Override
    public int readInt() throws EOFException {
        var value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("Expected an int but got " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() throws EOFException {
        var value = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            var next = next();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("Expected an int or long but its encoding does not end");
    }

    @Override
    public float readFloat() throws EOFException {
        return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
    }

    @Override
    public double readDouble() throws EOFException {
        return Double.longBitsToDouble(littleEndian(Double.BYTES));
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws EOFException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws EOFException {
        var length = readLength();
        return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws EOFException {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws EOFException {
        var value = new byte[readLength()];
        readFixed(value, 0, value.length);
        return ByteBuffer.wrap(value);
    }

    @Override
    public void skipBytes() throws EOFException {
        advance(readLength());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws EOFException {
        System.arraycopy(bytes, advance(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws EOFException {
        advance(length);
    }

    @Override
    public int readEnum() throws EOFException {
        return readInt();
    }

    @Override
    public int readIndex() throws EOFException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws EOFException {
        return readBlock();
    }

    @Override
    public long arrayNext() throws EOFException {
        return readBlock();
    }

    @Override
    public long skipArray() throws EOFException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws EOFException {
        return readBlock();
    }

    @Override
    public long mapNext() throws EOFException {
        return readBlock();
    }

    @Override
    public long skipMap() throws EOFException {
        return skipBlocks();
    }

    /** Reads the item count of a block; a negative one is followed by the size of the block. */
    private long readBlock() throws EOFException {
        var count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        return checkCount(count);
    }

    /**
     * Skips every block that states its size; returns the item count of the first that does not.
     */
    private long skipBlocks() throws EOFException {
        var count = readLong();
        while (count < 0) {
            advance(readLength());
            count = readLong();
        }
        return checkCount(count);
    }

    private long checkCount(long count) throws EOFException {
        if (count < 0 || count > (long) remaining() + MAX_EMPTY_ITEMS) {
            throw new EOFException(
                    "Expected %d items but %d bytes remain".formatted(count, remaining()));
        }
        return count;
    }

    private int readLength() throws EOFException {
        var length = readLong();
        if (length < 0 || length > remaining()) {
            throw new EOFException(
                    "Expected %d bytes but %d remain".formatted(length, remaining()));
        }
        return (int) length;
    }

    private long littleEndian(int size) throws EOFException {
        var start = advance(size);
        var value = 0L;
        for (var i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[start + i] & 0xFF;
        }
        return value;
    }

    private byte next() throws EOFException {
        return bytes[advance(1)];
    }

    private int advance(int length) throws EOFException {
        if (length > remaining()) {
            throw new EOFException(
                    "Expected %d bytes but %d remain".formatted(length, remaining()));
        }
        var start = position;
        position += length;
        return start;
    }
}
