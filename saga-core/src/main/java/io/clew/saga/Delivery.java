package io.clew.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the outstanding command has got.
 *
 * <pre>
 *   Parked ──▶ Sent ⇄ BackingOff
 *                └──────┴──▶ Stopped (only an operator sends it again)
 *   each of the first three ⇄ Paused
 * </pre>
 */
public sealed interface Delivery {

    /** Sent at least once, and something is due if nothing comes. */
    sealed interface Awaited extends Delivery {
        Instant firstSentAt();

        /** The same, everything that is due put off. */
        Awaited later(Duration by);
    }

    /**
     * Decided and frozen, but not sendable while the saga itself is paused; looked at again at
     * {@code retryAt} in any case.
     */
    record Parked(String reason, Instant retryAt) implements Delivery {
        /** The reason; rows of earlier versions have others. */
        public static final String PAUSED = "PAUSED";
    }

    /**
     * On its topic.
     *
     * @param firstSentAt when its first attempt went out
     * @param silenceAt when it is sent again if nothing is heard
     * @param giveUpAt when its execution is given up; none if it must get an outcome
     */
    record Sent(Instant firstSentAt, Instant silenceAt, Optional<Instant> giveUpAt)
            implements Awaited {
        @Override
        public Sent later(Duration by) {
            return new Sent(
                    firstSentAt.plus(by), silenceAt.plus(by), giveUpAt.map(at -> at.plus(by)));
        }
    }

    /** Answered with an error; the next attempt goes out at {@code retryAt}. */
    record BackingOff(Instant firstSentAt, Instant retryAt, Optional<Instant> giveUpAt)
            implements Awaited {
        @Override
        public BackingOff later(Duration by) {
            return new BackingOff(
                    firstSentAt.plus(by), retryAt.plus(by), giveUpAt.map(at -> at.plus(by)));
        }
    }

    /**
     * Its definition or its participant is paused, or its topic is missing: nothing is due until
     * that is over.
     *
     * @param by what is paused, or missing
     * @param resumeTo how it waits again then; none if it is still to be sent
     */
    record Paused(PauseSubject by, Optional<Awaited> resumeTo) implements Delivery {}

    /** Nothing is sent until an operator says so. */
    record Stopped() implements Delivery {}
}
