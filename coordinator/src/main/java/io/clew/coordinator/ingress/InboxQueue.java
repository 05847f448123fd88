package io.clew.coordinator.ingress;

/** What waits on the inbox, as it was seen last. Any thread may ask. */
public interface InboxQueue {

    /**
     * One look.
     *
     * @param number of looks until this one, which tells them apart
     * @param records that wait in all
     * @param moving of these, what waits in partitions that are taken from; all of them if none is
     * @param perSecond the most records the engine has taken in a second of late; 0 if not known
     *     yet
     */
    record Seen(long number, long records, long moving, double perSecond) {}

    /** The last look. */
    Seen seen();

    /** Asks for another look; returns at once, and may be called as often as one likes. */
    void lookSoon();
}
