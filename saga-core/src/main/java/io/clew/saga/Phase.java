package io.clew.saga;

/** Where a saga stands, in the one word that status answers and lists use. */
public enum Phase {
    RUNNING,
    COMPENSATING,
    HELD,
    PAUSED,
    COMPLETED,
    COMPENSATED,
    ABANDONED;

    /** Whether nothing changes any more. */
    public boolean ended() {
        return switch (this) {
            case COMPLETED, COMPENSATED, ABANDONED -> true;
            case RUNNING, COMPENSATING, HELD, PAUSED -> false;
        };
    }
}
