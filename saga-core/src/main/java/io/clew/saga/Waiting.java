package io.clew.saga;

import java.time.Instant;
import java.util.Optional;

/**
 * An await or a delay that has begun.
 *
 * @param path step path
 * @param execution which beginning of it this is, from 1
 * @param kind which of them
 * @param dueAt when a delay is over, or an await times out
 * @param pausedBy what is paused and so keeps it from being over in time
 */
public record Waiting(
        String path, int execution, Kind kind, Instant dueAt, Optional<PauseSubject> pausedBy) {

    /** What is waited for. */
    public enum Kind {
        ARRIVAL,
        TIME
    }

    boolean is(String otherPath, int otherExecution) {
        return execution == otherExecution && path.equals(otherPath);
    }
}
