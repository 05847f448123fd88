package io.clew.saga;

import java.time.Duration;

/**
 * One command of a step as the definition has it.
 *
 * @param participant who gets it
 * @param topic where it goes
 * @param type full name of the command's record
 * @param mapping makes its value
 * @param result checks the value of a reply that says it succeeded
 * @param timeout silence after which it is sent again
 * @param retry for errors, and for the wait between sendings
 */
public record CommandSpec(
        String participant,
        String topic,
        String type,
        Mapping mapping,
        ResultCheck result,
        Duration timeout,
        RetryPolicy retry) {
    public CommandSpec {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("Expected a timeout above 0 but got " + timeout);
        }
    }
}
