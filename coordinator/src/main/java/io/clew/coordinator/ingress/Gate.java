package io.clew.coordinator.ingress;

import java.util.Locale;
import java.util.Optional;

/**
 * One limit, which remembers whether it was passed: it opens at half, so that it does not flutter.
 * For one thread at a time.
 */
final class Gate {
    private final String what;
    private boolean closed;

    /**
     * @param what is counted
     */
    Gate(String what) {
        this.what = what;
    }

    /** Why nothing is let in; empty if it is open. */
    Optional<String> closedBy(long now, long limit) {
        closed = now > (closed ? limit / 2 : limit);
        return closed
                ? Optional.of(
                        String.format(Locale.ROOT, "%,d %s, held back above %,d", now, what, limit))
                : Optional.empty();
    }
}
