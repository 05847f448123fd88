package io.clew.coordinator.engine;

import org.apache.kafka.common.utils.Bytes;

/**
 * Which keys have been seen, in one MiB: now and then it takes a new key for an old one, never an
 * old one for new. Of a million keys about one in twenty is taken wrongly.
 */
final class SeenKeys {
    private static final int BITS = 1 << 23;
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final long[] words = new long[BITS / Long.SIZE];

    /** Whether this key may have been seen before; from now on it has. */
    boolean seen(Bytes key) {
        long hash = hash(key.get());
        boolean first = set((int) hash & (BITS - 1));
        boolean second = set((int) (hash >>> Integer.SIZE) & (BITS - 1));
        return first && second;
    }

    /** Whether the bit was set before. */
    private boolean set(int bit) {
        long mask = 1L << bit;
        long word = words[bit / Long.SIZE];
        words[bit / Long.SIZE] = word | mask;
        return (word & mask) != 0;
    }

    /** FNV-1a, its halves mixed. */
    private static long hash(byte[] key) {
        long hash = OFFSET;
        for (byte next : key) {
            hash = (hash ^ (next & 0xff)) * PRIME;
        }
        return (hash ^ (hash >>> Integer.SIZE)) * PRIME;
    }
}
