package io.clew.saga;

import java.time.Duration;

/**
 * How often and how slowly a command is sent again.
 *
 * @param attempts how many {@code error} replies spend it, from 1
 * @param backoff wait before the second attempt
 * @param factor growth of the wait, at least 1
 * @param max upper limit of the wait
 */
public record RetryPolicy(int attempts, Duration backoff, double factor, Duration max) {
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(5, Duration.ofMillis(200), 2, Duration.ofSeconds(30));

    /** A compensation tries harder: money waits to go back. */
    public static final RetryPolicy DEFAULT_COMPENSATION =
            new RetryPolicy(20, Duration.ofMillis(200), 2, Duration.ofSeconds(30));

    private static final double JITTER = 0.1;

    public RetryPolicy {
        if (attempts < 1 || factor < 1 || backoff.isNegative() || max.compareTo(backoff) < 0) {
            throw new IllegalArgumentException(
                    "Expected attempts >= 1, factor >= 1 and 0 <= backoff <= max but got "
                            + ("attempts=" + attempts + ", factor=" + factor)
                            + (", backoff=" + backoff + ", max=" + max));
        }
    }

    /**
     * The wait after the {@code count}-th try, spread by up to 10 % either way.
     *
     * @param count tries so far, from 1
     * @param seed the command's identity: the same command waits the same time on every replay
     */
    public Duration delay(int count, String seed) {
        double plain = (double) backoff.toMillis() * Math.pow(factor, count - 1.0);
        double capped = Math.min(plain, (double) max.toMillis());
        return Duration.ofMillis(Math.round(capped * (1 + JITTER * spread(seed, count))));
    }

    /** A number in [-1, 1) from the identity alone (FNV-1a, 64 bit, with a final avalanche). */
    private static double spread(String seed, int count) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < seed.length(); i++) {
            hash = (hash ^ seed.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ count) * 0x100000001b3L;
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        return (hash >> 11) / (double) (1L << 52);
    }
}
