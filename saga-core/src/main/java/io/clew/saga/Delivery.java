package io.clew.saga;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the outstanding command has got.
 *
 * <pre>
 *   Parked ──▶ Sent ⇄ BackingOff
 *                └──────┴──▶ Stopped (only an operator sends it again)
 * </pre>
 */
public sealed interface Delivery {

    /** Decided and frozen, but not sendable now; looked at again at {@code retryAt}. */
    record Parked(String reason, Instant retryAt) implements Delivery {
        /** The reason while the saga itself is paused. */
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
            implements Delivery {}

    /** Answered with an error; the next attempt goes out at {@code retryAt}. */
    record BackingOff(Instant firstSentAt, Instant retryAt, Optional<Instant> giveUpAt)
            implements Delivery {}

    /** Nothing is sent until an operator says so. */
    record Stopped() implements Delivery {}
}
