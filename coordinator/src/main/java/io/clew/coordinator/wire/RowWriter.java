package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.Bytes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds a row: numbers as varints, texts and bytes behind their length. */
final class RowWriter {
    private byte[] buffer = new byte[512];
    private int size;

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

    <T> void optional(Optional<T> value, Consumer<T> writer) {
        flag(value.isPresent());
        value.ifPresent(writer);
    }

    byte[] done() {
        return Arrays.copyOf(buffer, size);
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
