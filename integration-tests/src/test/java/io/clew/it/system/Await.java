package io.clew.it.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, with a limit. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** Repeats the assertions until they hold; only an {@link AssertionError} is retried. */
    public static void until(Duration limit, Runnable assertions) {
        value(
                limit,
                () -> {
                    assertions.run();
                    return true;
                });
    }

    /** Repeats until a value comes without an {@link AssertionError}. */
    public static <T> T value(Duration limit, Supplier<T> supplier) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return supplier.get();
            } catch (AssertionError notYet) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(
                            "not so within " + limit + ": " + notYet.getMessage(), notYet);
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
