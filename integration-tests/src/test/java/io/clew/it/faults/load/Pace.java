package io.clew.it.faults.load;

/**
 * Whether the customers came as fast as they were meant to.
 *
 * @param perSecond orders they were meant to place
 * @param placed orders they placed at that pace, without those of bursts
 * @param millis how long they took
 * @param longestLag longest time an order was placed too late, in milliseconds
 */
public record Pace(int perSecond, int placed, long millis, long longestLag) {
    private static final double ENOUGH = 0.95;

    public double reached() {
        return placed * 1000.0 / Math.max(1, millis);
    }

    public boolean isKept() {
        return reached() >= ENOUGH * perSecond;
    }
}
