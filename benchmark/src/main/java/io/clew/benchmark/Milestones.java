package io.clew.benchmark;

import io.clew.platform.PlatformException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** When each of several things first held, in seconds since the start. */
final class Milestones {

    /** Seldom enough not to be a load on what starts. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, BooleanSupplier> open = new LinkedHashMap<>();
    private final Map<String, Double> reached = new LinkedHashMap<>();
    private final long begun = System.nanoTime();

    Milestones add(String name, BooleanSupplier holds) {
        open.put(name, holds);
        return this;
    }

    /** Returns when all have held. */
    Map<String, Double> await(Duration limit) {
        while (!open.isEmpty()) {
            open.entrySet()
                    .removeIf(
                            one -> {
                                boolean holds = one.getValue().getAsBoolean();
                                if (holds) {
                                    reached.put(one.getKey(), seconds());
                                }
                                return holds;
                            });
            if (!open.isEmpty() && seconds() > limit.toSeconds()) {
                throw new PlatformException(
                        "Expected %s within %d s but it was not so"
                                .formatted(open.keySet(), limit.toSeconds()));
            }
            pause(open.isEmpty() ? Duration.ZERO : LOOK_EVERY);
        }
        return reached;
    }

    double seconds() {
        return (System.nanoTime() - begun) / NANOS;
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while measuring", e);
        }
    }
}
