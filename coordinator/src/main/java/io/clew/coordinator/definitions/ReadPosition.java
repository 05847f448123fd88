package io.clew.coordinator.definitions;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How far one reader has got, for those who wait for it. */
final class ReadPosition {

    private long next;
    private long expected = Long.MAX_VALUE;
    private boolean caughtUp;

    synchronized long next() {
        return next;
    }

    synchronized boolean caughtUp() {
        return caughtUp;
    }

    /** Being at {@code end} is being caught up, once and for all. */
    synchronized void expect(long end) {
        expected = end;
        settle();
    }

    synchronized void read(long offset) {
        next = offset + 1;
        settle();
    }

    /** The reader's own position, which also passes markers that are no records. */
    synchronized void reached(long position) {
        next = Math.max(next, position);
        settle();
    }

    boolean awaitRead(long offset, Duration limit) {
        return await(() -> next > offset, limit);
    }

    boolean awaitCaughtUp(Duration limit) {
        return await(() -> caughtUp, limit);
    }

    private void settle() {
        caughtUp = caughtUp || next >= expected;
        notifyAll();
    }

    private synchronized boolean await(BooleanSupplier condition, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
