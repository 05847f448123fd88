package io.clew.coordinator.engine;

import java.time.Duration;

/**
 * Whether the rows here are near enough to the newest. Rows that come back get nearer and nearer; a
 * copy under a heavy load stays as far behind as it is, and waiting for it would never end.
 */
final class Nearness {
    /** Nearer than Kafka Streams asks of an owner: taking over then takes a moment only. */
    private static final long NEAR = 10_000;

    /** This long without having come nearer, a copy is as near as it will be. */
    private static final long STEADY_NANOS = Duration.ofSeconds(10).toNanos();

    private long nearest = Long.MAX_VALUE;
    private long nearestAt;

    /** Says how far behind the farthest of them is now. */
    synchronized boolean isNear(long behind, long nowNanos) {
        if (behind < nearest || behind > StreamsSettings.NEAR_ENOUGH) {
            nearest = behind;
            nearestAt = nowNanos;
        }
        boolean steady = nowNanos - nearestAt >= STEADY_NANOS;
        return behind <= NEAR || steady && behind <= StreamsSettings.NEAR_ENOUGH;
    }
}
