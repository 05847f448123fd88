package io.clew.coordinator.engine;

import org.apache.kafka.common.utils.Bytes;

/**
 * Rows from one key to another, both included.
 *
 * @param rank where the stretch stands in its walk; those of one rank stand by their keys
 */
record Stretch(int rank, Bytes from, Bytes to) {

    /** All that begins like this; no row has the key behind them. */
    static Stretch of(byte[] prefix) {
        return of(0, prefix);
    }

    static Stretch of(int rank, byte[] prefix) {
        byte[] behind = prefix.clone();
        behind[behind.length - 1]++;
        return new Stretch(rank, Bytes.wrap(prefix), Bytes.wrap(behind));
    }

    static Stretch of(Bytes key) {
        return new Stretch(0, key, key);
    }

    /** What is left of it from this key on. */
    Stretch beginningAt(Bytes key) {
        return key.compareTo(from) > 0 ? new Stretch(rank, key, to) : this;
    }

    boolean isEmpty() {
        return from.compareTo(to) > 0;
    }
}
