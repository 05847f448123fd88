package io.clew.benchmark.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** When each saga was started, and what the window saw of the ends. Safe for many threads. */
final class Journal {

    /** More sagas than are ever open at once; a power of two. */
    private static final int SLOTS = 1 << 22;

    private static final int DIGITS = 3;
    private static final long NANOS_PER_MICRO = 1000;
    private static final double MICROS_PER_MILLI = 1000;

    private final AtomicLongArray startedAt = new AtomicLongArray(SLOTS);
    private final AtomicLong open = new AtomicLong();
    private volatile Window window = new Window();

    /** What ends while it is open. */
    private static final class Window {
        private final LongAdder compensated = new LongAdder();
        private final ConcurrentHistogram micros = new ConcurrentHistogram(DIGITS);
    }

    void started(long saga, long nanos) {
        startedAt.set(slot(saga), nanos);
        open.incrementAndGet();
    }

    /** Returns whether this is the first end of a saga that has started. */
    boolean ended(long saga, boolean compensated) {
        long now = System.nanoTime();
        long start = startedAt.getAndSet(slot(saga), 0);
        if (start == 0) {
            return false;
        }
        open.decrementAndGet();
        Window current = window;
        current.micros.recordValue(Math.max(0, (now - start) / NANOS_PER_MICRO));
        if (compensated) {
            current.compensated.increment();
        }
        return true;
    }

    long open() {
        return open.get();
    }

    /** From here on a new window counts. */
    void openWindow() {
        window = new Window();
    }

    /** Closes the window and tells what it saw. */
    Seen closeWindow() {
        Window closed = window;
        window = new Window();
        var micros = closed.micros;
        return new Seen(
                micros.getTotalCount(),
                closed.compensated.sum(),
                new Outcome.Latency(
                        micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                        micros.getValueAtPercentile(95) / MICROS_PER_MILLI,
                        micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                        micros.getMaxValue() / MICROS_PER_MILLI));
    }

    /** What one window saw. */
    record Seen(long ended, long compensated, Outcome.Latency latency) {}

    private static int slot(long saga) {
        return (int) (saga & (SLOTS - 1));
    }
}
