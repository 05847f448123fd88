package io.clew.coordinator.engine;

/** How long and how much a punctuator may work in one tick. */
final class Budget {
    private final long endNanos;
    private int left;

    Budget(long millis, int rows) {
        this.endNanos = System.nanoTime() + millis * 1_000_000;
        this.left = rows;
    }

    /** Counts one row; true once no further one should be looked at. */
    boolean spent() {
        left--;
        return left <= 0 || System.nanoTime() - endNanos >= 0;
    }
}
