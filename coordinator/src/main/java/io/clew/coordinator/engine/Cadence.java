package io.clew.coordinator.engine;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * How often the tick of a partition comes: slowly while nothing is due soon. Streams commits after
 * every tick, whether it has changed anything or not, so an idle engine would make transactions all
 * the time.
 */
final class Cadence {
    static final Duration SLOW = Duration.ofMillis(500);

    private static final Duration FAST = Duration.ofMillis(50);

    private final ProcessorContext<?, ?> context;
    private final Punctuator tick;
    private Cancellable ticking = () -> {};
    private boolean slow;

    Cadence(ProcessorContext<?, ?> context, Punctuator tick) {
        this.context = context;
        this.tick = tick;
    }

    /** Begins fast: what is due is not known yet. */
    void begin() {
        every(FAST);
    }

    boolean isSlow() {
        return slow;
    }

    /**
     * Ticks on at the pace asked for.
     *
     * @param slowly whether nothing is due before the next slow tick
     */
    void keep(boolean slowly) {
        if (slowly != slow) {
            slow = slowly;
            ticking.cancel();
            every(slowly ? SLOW : FAST);
        }
    }

    /** Streams keeps the schedule of a task that it closes and opens again. */
    void end() {
        ticking.cancel();
    }

    /** All partitions tick at the same time, and so share one commit. */
    private void every(Duration interval) {
        ticking = context.schedule(Instant.EPOCH, interval, PunctuationType.WALL_CLOCK_TIME, tick);
    }
}
