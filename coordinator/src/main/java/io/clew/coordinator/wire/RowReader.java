package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes a row apart in the order {@link RowWriter} put it together. */
final class RowReader {
    private final byte[] row;
    private int at;

    RowReader(byte[] row) {
        this.row = row;
    }

    /** Checks the format byte, the first of every row. */
    void format(int expected) {
        int format = (int) number();
        if (format != expected) {
            throw new IllegalStateException(
                    "Expected a row of format " + expected + " but got format " + format);
        }
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = row[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("Expected a number of at most 10 bytes at " + at);
    }

    int count() {
        return Math.toIntExact(number());
    }

    boolean flag() {
        return row[at++] != 0;
    }

    Instant instant() {
        long coded = number();
        return Instant.ofEpochMilli(coded >>> 1 ^ -(coded & 1));
    }

    String text() {
        int length = count();
        String value = new String(row, at, length, UTF_8);
        at += length;
        return value;
    }

    Bytes bytes() {
        int length = count();
        byte[] value = Arrays.copyOfRange(row, at, at + length);
        at += length;
        return Bytes.wrap(value);
    }

    <T> List<T> list(Supplier<T> reader) {
        int count = count();
        List<T> values = new ArrayList<>(Math.min(count, row.length));
        for (int i = 0; i < count; i++) {
            values.add(reader.get());
        }
        return values;
    }

    <T> Optional<T> optional(Supplier<T> reader) {
        return flag() ? Optional.of(reader.get()) : Optional.empty();
    }

    /** Checks that nothing is left. */
    void end() {
        if (at != row.length) {
            throw new IllegalStateException(
                    "Expected the row to end at " + at + " but it has " + row.length + " bytes");
        }
    }
}
