package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.Bytes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds a row: numbers as varints, texts and bytes behind their length.
 *
 * <p>Rows are written all the time, one after the other: each thread keeps a buffer for the next.
 */
final class RowWriter {
    private static final int USUAL = 2048;
    private static final int KEPT = 64 << 10;
    private static final ThreadLocal<byte[]> SPARE = new ThreadLocal<>();

    private byte[] buffer = spare();
    private int size;

    private static byte[] spare() {
        byte[] spare = SPARE.get();
        SPARE.remove();
        return spare == null ? new byte[USUAL] : spare;
    }

    void number(long value) {
        long rest = value;
        reserve(10);
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    void flag(boolean value) {
        reserve(1);
        buffer[size++] = (byte) (value ? 1 : 0);
    }

    /** In milliseconds, which is what every instant of a saga has. */
    void instant(Instant value) {
        long millis = value.toEpochMilli();
        if (!Instant.ofEpochMilli(millis).equals(value)) {
            throw new IllegalArgumentException("Expected whole milliseconds but got " + value);
        }
        number(millis << 1 ^ millis >> 63);
    }

    void text(String value) {
        array(value.getBytes(UTF_8));
    }

    void bytes(Bytes value) {
        array(value.array());
    }

    <T> void list(List<T> values, Consumer<T> writer) {
        number(values.size());
        values.forEach(writer);
    }

    <T> void optional(Optional<T> value, Consumer<T> writer) {
        flag(value.isPresent());
        value.ifPresent(writer);
    }

    byte[] done() {
        byte[] row = Arrays.copyOf(buffer, size);
        if (buffer.length <= KEPT) {
            SPARE.set(buffer);
        }
        buffer = row;
        return row;
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
