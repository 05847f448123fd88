package io.clew.saga;

import java.time.Instant;
import java.util.Optional;

/**
 * A command whose outcome the saga waits for.
 *
 * @param execution what is executed
 * @param command its frozen content
 * @param attempt which sending this is, from 1; 0 while it has never been sent
 * @param errors error replies so far
 * @param lastError the newest of them
 * @param waitsFrom when its waits were reckoned last; pauses from then on are still to be added
 * @param delivery how far it has got
 */
public record Outstanding(
        Execution execution,
        FrozenCommand command,
        int attempt,
        int errors,
        Optional<Failure> lastError,
        Instant waitsFrom,
        Delivery delivery) {

    /** As far as this, its waits as they were. */
    Outstanding with(Delivery next) {
        return new Outstanding(execution, command, attempt, errors, lastError, waitsFrom, next);
    }

    /** As far as this, with waits reckoned at {@code now}. */
    Outstanding with(Delivery next, Instant now) {
        return new Outstanding(execution, command, attempt, errors, lastError, now, next);
    }

    Outstanding sent(int nextAttempt, Delivery.Sent next, Instant now) {
        return new Outstanding(execution, command, nextAttempt, errors, lastError, now, next);
    }

    Outstanding failedWith(Failure error, int count, Delivery next, Instant now) {
        return new Outstanding(execution, command, attempt, count, Optional.of(error), now, next);
    }

    /** Its retry policy starts anew. */
    Outstanding errorsForgotten() {
        return new Outstanding(execution, command, attempt, 0, lastError, waitsFrom, delivery);
    }
}
