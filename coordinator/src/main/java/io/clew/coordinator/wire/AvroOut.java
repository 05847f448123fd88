package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Avro binary as its own encoder writes it. What is optional is a union of null and one type, in
 * this order.
 */
final class AvroOut {
    private static final byte NULL = 0;
    private static final byte PRESENT = 2;

    private static final int USUAL = 2048;
    private static final int KEPT = 64 << 10;

    private byte[] buffer = new byte[USUAL];
    private int size;

    /** Forgets what was written before. */
    void begin() {
        size = 0;
    }

    /** An int or a long. */
    void number(long value) {
        reserve(10);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    void text(String value) {
        array(value.getBytes(UTF_8));
    }

    void instant(Instant value) {
        number(value.toEpochMilli());
    }

    void optional(@Nullable String value) {
        if (value == null) {
            none();
            return;
        }
        some();
        text(value);
    }

    void optional(@Nullable Integer value) {
        if (value == null) {
            none();
            return;
        }
        some();
        number(value);
    }

    void optional(@Nullable Boolean value) {
        if (value == null) {
            none();
            return;
        }
        some();
        raw((byte) (value ? 1 : 0));
    }

    void optional(@Nullable Instant value) {
        if (value == null) {
            none();
            return;
        }
        some();
        instant(value);
    }

    void optional(@Nullable ByteBuffer value) {
        if (value == null) {
            none();
            return;
        }
        some();
        int length = value.remaining();
        number(length);
        reserve(length);
        value.get(value.position(), buffer, size, length);
        size += length;
    }

    /** Null is what stands in a union. */
    void none() {
        raw(NULL);
    }

    /** What stands in a union follows. */
    void some() {
        raw(PRESENT);
    }

    /** Four bytes as they are, the highest first. */
    void fixed(int value) {
        reserve(Integer.BYTES);
        ByteBuffer.wrap(buffer).putInt(size, value);
        size += Integer.BYTES;
    }

    void raw(byte value) {
        reserve(1);
        buffer[size++] = value;
    }

    /** All that was written since the beginning. */
    byte[] done() {
        byte[] done = Arrays.copyOf(buffer, size);
        if (buffer.length > KEPT) {
            buffer = new byte[USUAL];
        }
        return done;
    }

    private void array(byte[] value) {
        number(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
