package io.clew.saga.testkit;

import java.time.Instant;
import java.util.PriorityQueue;

/** What happens when, in virtual time. */
final class Agenda {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long sequence;

    private record Task(long at, long sequence, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int order = Long.compare(at, other.at);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    /** Milliseconds since the start. */
    long now() {
        return now;
    }

    Instant instant() {
        return instant(now);
    }

    static Instant instant(long millis) {
        return START.plusMillis(millis);
    }

    static long millis(Instant instant) {
        return instant.toEpochMilli() - START.toEpochMilli();
    }

    void in(long millis, Runnable work) {
        at(now + millis, work);
    }

    void at(long millis, Runnable work) {
        tasks.add(new Task(Math.max(now, millis), sequence, work));
        sequence++;
    }

    /** Does everything, in order of time; whether that took at most {@code limit} tasks. */
    boolean run(int limit) {
        return run(limit, Long.MAX_VALUE);
    }

    /** Does what is due until then; whether that took at most {@code limit} tasks. */
    boolean run(int limit, long until) {
        for (int i = 0; i < limit; i++) {
            Task next = tasks.peek();
            if (next == null || next.at() > until) {
                return true;
            }
            tasks.remove();
            now = next.at();
            next.work().run();
        }
        return false;
    }
}
