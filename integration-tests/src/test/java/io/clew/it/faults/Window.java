package io.clew.it.faults;

import java.util.Optional;

/**
 * The time one fault had to itself, in epoch milliseconds.
 *
 * @param who what was hit; whom it was meant for is not known if there was trouble
 * @param trouble why it was not done, or not to its end; it is not injected then
 * @param begin when it was done
 * @param healed when everything was repaired
 * @param end when the next one began
 */
record Window(
        Fault fault, String who, Optional<String> trouble, long begin, long healed, long end) {
    boolean isInjected() {
        return trouble.isEmpty();
    }

    boolean holds(long instant) {
        return begin <= instant && instant < end;
    }

    boolean overlaps(long from, long to) {
        return from < healed && to >= begin;
    }

    /** As {@link #overlaps}, with the time in which what had waited is worked off. */
    boolean touches(long from, long to) {
        return from < end && to >= begin;
    }
}
