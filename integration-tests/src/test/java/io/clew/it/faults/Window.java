package io.clew.it.faults;

/**
 * The time one fault had to itself, in epoch milliseconds.
 *
 * @param who what was hit
 * @param begin when it was done
 * @param healed when everything was repaired
 * @param end when the next one began
 */
record Window(Fault fault, String who, long begin, long healed, long end) {
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
