package io.clew.coordinator.ingress;

import java.time.Duration;

/** The best pace of late: a partition's owner that has nothing to do says little of its own. */
final class Pace {
    private static final double HALF_LIFE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final long leastStretchNanos;
    private boolean begun;
    private long sinceNanos;
    private long doneBefore;
    private double perSecond;

    Pace(long leastStretchNanos) {
        this.leastStretchNanos = leastStretchNanos;
    }

    /**
     * @param now a clock in nanoseconds
     * @param done how much is done by then; less than before if it is counted anew
     * @return how much is done in a second
     */
    double at(long now, long done) {
        if (!begun || done < doneBefore) {
            begin(now, done);
            return perSecond;
        }
        long stretch = now - sinceNanos;
        if (stretch >= leastStretchNanos) {
            double latest = (done - doneBefore) * SECOND_NANOS / stretch;
            perSecond = Math.max(latest, perSecond * Math.pow(0.5, stretch / HALF_LIFE_NANOS));
            begin(now, done);
        }
        return perSecond;
    }

    private void begin(long now, long done) {
        begun = true;
        sinceNanos = now;
        doneBefore = done;
    }
}
