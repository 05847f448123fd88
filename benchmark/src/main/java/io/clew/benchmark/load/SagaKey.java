package io.clew.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Keys of one window's sagas: a prefix and a number. */
final class SagaKey {

    private static final int RADIX = 10;

    private final byte[] prefix;

    private SagaKey(byte[] prefix) {
        this.prefix = prefix;
    }

    static SagaKey of(String prefix) {
        return new SagaKey(prefix.getBytes(US_ASCII));
    }

    byte[] key(long saga) {
        byte[] digits = Long.toString(saga).getBytes(US_ASCII);
        byte[] key = Arrays.copyOf(prefix, prefix.length + digits.length);
        System.arraycopy(digits, 0, key, prefix.length, digits.length);
        return key;
    }

    /** The saga's number; negative if the key has another prefix. */
    long saga(byte[] key) {
        if (key.length <= prefix.length
                || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
            return -1;
        }
        long saga = 0;
        for (int i = prefix.length; i < key.length; i++) {
            saga = saga * RADIX + (key[i] - '0');
        }
        return saga;
    }
}
