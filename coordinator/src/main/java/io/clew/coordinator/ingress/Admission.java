package io.clew.coordinator.ingress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Holds new sagas back while the engine has too much to do. Replies stand behind new sagas on the
 * inbox, at every step: what lets in more than the engine takes makes each step of all running
 * sagas wait. So no more is let in than a short queue holds (Little's law: records waiting are the
 * engine's pace times the wait). Opens again at half of a limit, so that it does not flutter.
 * Replies never pass here.
 *
 * <p>One thread opens and closes it; any may ask whether it is open, and tell what they let in.
 */
public final class Admission {

    /** A queue that is always let in: the engine's pace is seen only while it has enough to do. */
    static final long FEW = 1000;

    private static final double MILLIS = 1000;

    private final InboxQueue inbox;
    private final LongSupplier openSagas;
    private final Duration longestWait;
    private final long maxOpenSagas;
    private long look;
    private final AtomicLong letIn = new AtomicLong();
    private volatile String closed = "";

    /**
     * @param inbox what waits on it
     * @param openSagas how many sagas of this instance have not ended
     * @param longestWait of a new saga on the inbox; several commit intervals, since what is not
     *     committed counts as waiting
     * @param maxOpenSagas how many there may be
     */
    public Admission(
            InboxQueue inbox, LongSupplier openSagas, Duration longestWait, long maxOpenSagas) {
        this.inbox = inbox;
        this.openSagas = openSagas;
        this.longestWait = longestWait;
        this.maxOpenSagas = maxOpenSagas;
    }

    /** Looks at the present load. */
    boolean open() {
        boolean wasOpen = closed.isEmpty();
        InboxQueue.Seen seen = inbox.seen();
        if (seen.number() != look) {
            look = seen.number();
            letIn.set(0);
        }
        long unseen = letIn.get();
        long waiting = seen.records() + unseen;
        long most = Math.max(FEW, (long) (seen.perSecond() * longestWait.toMillis() / MILLIS));
        long open = openSagas.getAsLong();
        if (waiting > (wasOpen ? most : most / 2)) {
            closed = waiting + " records wait on the inbox, at most " + most + " should";
        } else if (open > (wasOpen ? maxOpenSagas : maxOpenSagas / 2)) {
            closed = open + " open sagas are above " + maxOpenSagas;
        } else {
            closed = "";
        }
        if (unseen > FEW / 4 || waiting > FEW / 2) {
            inbox.lookSoon();
        }
        return closed.isEmpty();
    }

    /** Counts what has been put on the inbox: it waits there though no look has seen it. */
    void letIn(int records) {
        letIn.addAndGet(records);
    }

    /** Why nothing is let in, when {@link #open} was last asked. */
    public Optional<String> closedBecause() {
        return closed.isEmpty() ? Optional.empty() : Optional.of(closed);
    }
}
