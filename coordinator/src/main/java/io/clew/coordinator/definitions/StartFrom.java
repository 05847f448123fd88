package io.clew.coordinator.definitions;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** From where a newly applied definition listens to its trigger topic. */
public sealed interface StartFrom {

    /** From the next event on. */
    record End() implements StartFrom {}

    /** From the oldest event that is still there. */
    record Earliest() implements StartFrom {}

    /** From the first event of this instant or later. */
    record At(Instant instant) implements StartFrom {}

    /**
     * Reads the query parameter {@code from}.
     *
     * @throws IllegalArgumentException if it is neither {@code earliest} nor an instant
     */
    static StartFrom of(Optional<String> text) {
        if (text.isEmpty()) {
            return new End();
        }
        if (text.get().equals("earliest")) {
            return new Earliest();
        }
        try {
            return new At(Instant.parse(text.get()));
        } catch (DateTimeParseException bad) {
            throw new IllegalArgumentException(
                    "Expected 'earliest' or an instant such as 2030-01-31T12:00:00Z but got '"
                            + text.get()
                            + "'",
                    bad);
        }
    }
}
