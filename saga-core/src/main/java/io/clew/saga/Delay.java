package io.clew.saga;

import java.time.Duration;
import java.time.Instant;

/**
 * Waits for a time.
 *
 * @param name unique in the definition
 * @param until when it is over
 */
public record Delay(String name, Until until) implements Node.Leaf {

    /** When a delay is over. */
    public sealed interface Until {
        /** So long after it began. */
        record After(Duration time) implements Until {}

        /** At an instant; one that has passed is over at once. */
        record At(Formula<Instant> instant) implements Until {}
    }
}
