package io.clew.it.faults;

import io.clew.it.faults.check.CommandCheck;

/**
 * A time, in epoch milliseconds, in which the surroundings were other than before, while whoever
 * had work in hand was frozen.
 */
record Changed(long since, long until) {
    /** Whether a command went out before the change, in vain, and once more within it. */
    boolean holds(CommandCheck.Repeat repeat) {
        return repeat.sentAt() < since
                && since <= repeat.repeatedAt()
                && repeat.repeatedAt() < until;
    }
}
