package io.clew.coordinator.engine;

/**
 * Estimates a broker's time from append timestamps.
 *
 * <p>An acknowledgement bounds the broker's lead over the local clock from both sides to within its
 * round trip; a record that comes in only says that the broker is at least as far as its timestamp.
 * The estimate is a lower bound, so a timer is sent rather late than early.
 */
final class BrokerClock {
    private static final long WINDOW_MS = 60_000;

    private long lead;
    private long windowLead = Long.MIN_VALUE;
    private long windowStart;
    private boolean measured;

    /** The broker's time when the local clock shows {@code localNow}. */
    synchronized long brokerTime(long localNow) {
        return localNow + lead;
    }

    /** A record of the inbox was read at {@code localNow}. */
    synchronized void heard(long appendedAt, long localNow) {
        lead = Math.max(lead, appendedAt - localNow);
    }

    /** A record sent earlier was acknowledged at {@code localNow}. */
    synchronized void acknowledged(long appendedAt, long localNow) {
        long bound = appendedAt - localNow;
        if (!measured || localNow - windowStart > WINDOW_MS) {
            // The best bound of the last window counts until this one has a better one.
            lead = measured ? Math.max(windowLead, bound) : bound;
            windowLead = bound;
            windowStart = localNow;
            measured = true;
        } else {
            windowLead = Math.max(windowLead, bound);
            lead = Math.max(lead, bound);
        }
    }
}
