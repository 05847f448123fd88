package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.Bytes;
import java.time.Instant;
import java.util.Arrays;
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

    /** Checks the format byte and gives it: older formats are read, too. */
    int format(int oldest, int newest) {
        int format = (int) number();
        if (format < oldest || format > newest) {
            throw new IllegalStateException(
                    "Expected a row of format "
                            + oldest
                            + " to "
                            + newest
                            + " but got format "
                            + format);
        }
        return format;
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
