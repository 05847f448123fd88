package io.clew.participant;

import java.time.Duration;

/** What a participant tells whoever watches it; a place for metrics and health. */
public interface ParticipantMonitor {

    /** Watches nothing. */
    ParticipantMonitor NONE = new ParticipantMonitor() {};

    /** A batch has been answered and its replies are with the broker. */
    default void delivered(int commands, Duration took) {}

    /** A command was answered; {@code outcome} is the word in the reply's header. */
    default void answered(String commandType, String outcome) {}

    /** A record could not even be answered and went to the dead letters. */
    default void deadLettered(String cause) {}

    /** Something this work needs is away; nothing of it is acknowledged until it is back. */
    default void unavailable(String work, String cause) {}

    /** What this work needed is back. */
    default void available(String work) {}
}
