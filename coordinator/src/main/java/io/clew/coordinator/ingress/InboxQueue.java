package io.clew.coordinator.ingress;

/** What waits on the inbox, as it was seen last. Any thread may ask. */
public interface InboxQueue {

    /**
     * One look.
     *
     * @param number of looks until this one, which tells them apart
     * @param records that wait in all
     * @param moving of these, what waits in partitions from which something is taken; the others
     *     wait for an owner, and nothing waits for them
     * @param perSecond records the engine takes in a second when it has enough; 0 if not known yet
     */
    record Seen(long number, long records, long moving, double perSecond) {}

    /** The last look. */
    Seen seen();

    /** Asks for another look; returns at once, and may be called as often as one likes. */
    void lookSoon();
}
