package io.clew.it.faults.check;

import java.util.Arrays;

/** Many numbers in little memory. */
public final class LongList {
    private long[] values = new long[8];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /** Sets the value at an index, which may be behind the end. */
    void set(int index, long value) {
        if (index >= values.length) {
            values = Arrays.copyOf(values, Math.max(index + 1, values.length * 2));
        }
        values[index] = value;
        size = Math.max(size, index + 1);
    }

    /** The value at an index; 0 if none was set. */
    long get(int index) {
        return index < size ? values[index] : 0;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
