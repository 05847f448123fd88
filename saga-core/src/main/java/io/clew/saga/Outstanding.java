package io.clew.saga;

import java.util.Optional;

/**
 * The command whose outcome the saga waits for.
 *
 * @param execution what is executed
 * @param command its frozen content
 * @param attempt which sending this is, from 1; 0 while it has never been sent
 * @param errors error replies so far
 * @param lastError the newest of them
 * @param delivery how far it has got
 */
public record Outstanding(
        Execution execution,
        FrozenCommand command,
        int attempt,
        int errors,
        Optional<Failure> lastError,
        Delivery delivery) {

    Outstanding with(Delivery next) {
        return new Outstanding(execution, command, attempt, errors, lastError, next);
    }

    Outstanding sent(int nextAttempt, Delivery.Sent next) {
        return new Outstanding(execution, command, nextAttempt, errors, lastError, next);
    }

    Outstanding failedWith(Failure error, int count, Delivery next) {
        return new Outstanding(execution, command, attempt, count, Optional.of(error), next);
    }

    /** Its retry policy starts anew. */
    Outstanding errorsForgotten() {
        return new Outstanding(execution, command, attempt, 0, lastError, delivery);
    }
}
