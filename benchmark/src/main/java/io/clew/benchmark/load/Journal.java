package io.clew.benchmark.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** When each saga was started, and what the window saw of the ends. Safe for many threads. */
final class Journal {

    /** More sagas than are ever open at once; a power of two. */
    private static final int SLOTS = 1 << 22;

    private static final int DIGITS = 3;
    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_MILLI = 1000;

    private final AtomicLongArray startedAt = new AtomicLongArray(SLOTS);
    private final AtomicLong open = new AtomicLong();
    private final LongAdder failed = new LongAdder();
    private volatile Window window = new Window();

    /** What ends while it is open. */
    private static final class Window {
        private final LongAdder compensated = new LongAdder();
        private final ConcurrentHistogram micros = new ConcurrentHistogram(DIGITS);
        private final ConcurrentHistogram runningMicros = new ConcurrentHistogram(DIGITS);
    }

    void started(long saga, long nanos) {
        startedAt.set(slot(saga), nanos);
        open.incrementAndGet();
    }

    /** Returns whether this is the first end of a saga that has started. */
    boolean ended(Target.End end) {
        long now = System.nanoTime();
        long start = startedAt.getAndSet(slot(end.saga()), 0);
        if (start == 0) {
            return false;
        }
        open.decrementAndGet();
        Window current = window;
        current.micros.recordValue(Math.max(0, (now - start) / NANOS_PER_MICRO));
        current.runningMicros.recordValue(end.runningMillis() * MICROS_PER_MILLI);
        if (end.compensated()) {
            current.compensated.increment();
        }
        return true;
    }

    /** One query was answered that was asked then. */
    void answered(long askedNanos) {
        window.micros.recordValue((System.nanoTime() - askedNanos) / NANOS_PER_MICRO);
    }

    /** One query got no answer, or one that says no. */
    void failed() {
        failed.increment();
    }

    long open() {
        return open.get();
    }

    /** Sagas that have not ended, and queries that failed. */
    long unfinished() {
        return open.get() + failed.sum();
    }

    /** From here on a new window counts. */
    void openWindow() {
        window = new Window();
    }

    /** Closes the window and tells what it saw. */
    Seen closeWindow() {
        Window closed = window;
        window = new Window();
        return new Seen(
                closed.micros.getTotalCount(),
                closed.compensated.sum(),
                latency(closed.micros),
                latency(closed.runningMicros));
    }

    private static Outcome.Latency latency(Histogram micros) {
        return new Outcome.Latency(
                millis(micros.getValueAtPercentile(50)),
                millis(micros.getValueAtPercentile(95)),
                millis(micros.getValueAtPercentile(99)),
                millis(micros.getMaxValue()));
    }

    private static double millis(long micros) {
        return (double) micros / MICROS_PER_MILLI;
    }

    /** What one window saw. */
    record Seen(long ended, long compensated, Outcome.Latency latency, Outcome.Latency running) {}

    private static int slot(long saga) {
        return (int) (saga & (SLOTS - 1));
    }
}
