package io.clew.coordinator.ingress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Holds new sagas back while the engine has too much to do. Replies stand behind new sagas on the
 * inbox, at every step: what lets in more than the engine takes makes each step of all running
 * sagas wait. So no more is let in than a short queue holds (Little's law: records waiting are the
 * engine's pace times the wait). What stands in a partition without an owner is in nobody's way and
 * has a limit of its own. Opens again at half of a limit, so that it does not flutter. Replies
 * never pass here.
 *
 * <p>One thread opens and closes it; any may ask whether it is open, and tell what they let in.
 */
public final class Admission {

    /** A queue that is always let in: the engine's pace is seen only while it has enough to do. */
    static final long FEW = 1000;

    private static final double MILLIS = 1000;

    private final InboxQueue inbox;
    private final LongSupplier openSagas;
    private final Limits limits;
    private long look;
    private final AtomicLong letIn = new AtomicLong();
    private volatile String closed = "";

    /**
     * Above which nothing is let in.
     *
     * @param inboxWait of a new saga on the inbox; several commit intervals, since what is not
     *     committed counts as waiting
     * @param inboxRecords that wait in all, also where nothing is taken
     * @param openSagas of this instance
     */
    public record Limits(Duration inboxWait, long inboxRecords, long openSagas) {}

    /**
     * @param inbox what waits on it
     * @param openSagas how many sagas of this instance have not ended
     * @param limits of both
     */
    public Admission(InboxQueue inbox, LongSupplier openSagas, Limits limits) {
        this.inbox = inbox;
        this.openSagas = openSagas;
        this.limits = limits;
    }

    /** Looks at the present load. */
    boolean open() {
        InboxQueue.Seen seen = inbox.seen();
        if (seen.number() != look) {
            look = seen.number();
            letIn.set(0);
        }
        long unseen = letIn.get();
        long moving = seen.moving() + unseen;
        double taken = seen.perSecond() * limits.inboxWait().toMillis() / MILLIS;
        closed =
                above(moving, Math.max(FEW, (long) taken), "records that wait on the inbox")
                        .or(
                                () ->
                                        above(
                                                seen.records(),
                                                limits.inboxRecords(),
                                                "records on the inbox"))
                        .or(() -> above(openSagas.getAsLong(), limits.openSagas(), "open sagas"))
                        .orElse("");
        if (unseen > FEW / 4 || moving > FEW / 2) {
            inbox.lookSoon();
        }
        return closed.isEmpty();
    }

    private Optional<String> above(long now, long limit, String what) {
        long most = closed.isEmpty() ? limit : limit / 2;
        return now > most
                ? Optional.of(now + " " + what + " are above " + limit)
                : Optional.empty();
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
