package io.clew.participant;

import java.time.Clock;
import java.time.Duration;

/**
 * The limits of a participant.
 *
 * @param maxResultBytes a larger result is answered {@code error}
 * @param maxBackoff the longest pause before trying again while something is away
 * @param deadLetterTopic where records go that cannot even be answered
 */
public record ParticipantSettings(
        int maxResultBytes, Duration maxBackoff, String deadLetterTopic, Clock clock) {

    public static ParticipantSettings defaults() {
        return new ParticipantSettings(
                900_000, Duration.ofSeconds(10), "saga.dead-letters", Clock.systemUTC());
    }

    public ParticipantSettings withClock(Clock newClock) {
        return new ParticipantSettings(maxResultBytes, maxBackoff, deadLetterTopic, newClock);
    }
}
