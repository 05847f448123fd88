package io.clew.coordinator.ingress;

import java.util.Optional;

/** One limit, which remembers whether it was passed. For one thread at a time. */
final class Gate {
    private final String what;
    private final double opensAt;
    private boolean closed;

    /**
     * @param what is counted
     * @param opensAt the part of the limit at which it opens again, so that it does not flutter
     */
    Gate(String what, double opensAt) {
        this.what = what;
        this.opensAt = opensAt;
    }

    /** Why nothing is let in; empty if it is open. */
    Optional<String> closedBy(long now, long limit) {
        closed = now > (closed ? (long) (limit * opensAt) : limit);
        return closed
                ? Optional.of("%,d %s, held back above %,d".formatted(now, what, limit))
                : Optional.empty();
    }
}
