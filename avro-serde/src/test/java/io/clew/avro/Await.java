package io.clew.avro;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a limit. */
final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Await() {}

    static void until(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Expected the condition to hold within " + LIMIT);
            }
            synchronized (condition) {
                condition.wait(10);
            }
        }
    }
}
