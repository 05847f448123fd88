package io.clew.coordinator.ingress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Holds new sagas back while the engine has too much to do. Replies stand behind new sagas on the
 * inbox, at every step: what lets in more than the engine takes makes each step of all running
 * sagas wait. So no more is let in than a short queue holds (Little's law: records waiting are the
 * engine's pace times the wait). What stands in a partition without an owner, while others go on,
 * is not waited for and has a limit of its own. Replies never pass here.
 *
 * <p>Any thread may ask, and tell what it let in.
 */
public final class Admission {

    /**
     * A queue that is always let in: the engine's pace is seen only while it has something to do.
     */
    static final long FEW = 1000;

    private static final double MILLIS = 1000;

    private final InboxQueue inbox;
    private final LongSupplier openSagas;
    private final Limits limits;

    /**
     * Opens late: little at a time makes small batches everywhere. What is not committed counts as
     * waiting, so half of the wait must be longer than a commit takes.
     */
    private final Gate waiting = new Gate("records wait on the inbox");

    private final Gate standing = new Gate("records stand on the inbox");
    private final Gate sagas = new Gate("sagas are open");
    private long look;
    private long letIn;
    private volatile String closed = "";

    /**
     * Above which nothing is let in.
     *
     * @param inboxWait of a new saga on the inbox; several commit intervals, since what is not
     *     committed counts as waiting
     * @param inboxRecords that wait in all, also where nothing is taken
     * @param openSagas of this instance
     */
    public record Limits(Duration inboxWait, long inboxRecords, long openSagas) {
        public Limits {
            if (inboxWait.isNegative() || inboxRecords < 0 || openSagas < 0) {
                throw new IllegalArgumentException(
                        "Expected limits of at least 0 but got %s, %d records, %d open sagas"
                                .formatted(inboxWait, inboxRecords, openSagas));
            }
        }
    }

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
    synchronized boolean open() {
        InboxQueue.Seen seen = inbox.seen();
        if (seen.number() != look) {
            look = seen.number();
            letIn = 0;
        }
        long moving = seen.moving() + letIn;
        long taken = (long) (seen.perSecond() * limits.inboxWait().toMillis() / MILLIS);
        // Each gate is asked each time: it must not miss that it may open.
        List<Optional<String>> reasons =
                List.of(
                        waiting.closedBy(moving, Math.max(FEW, taken)),
                        standing.closedBy(seen.records(), limits.inboxRecords()),
                        sagas.closedBy(openSagas.getAsLong(), limits.openSagas()));
        closed = reasons.stream().flatMap(Optional::stream).collect(Collectors.joining("; "));
        if (letIn > FEW / 4 || moving > FEW / 2) {
            inbox.lookSoon();
        }
        return closed.isEmpty();
    }

    /** Counts what has been put on the inbox: it waits there though no look has seen it. */
    synchronized void letIn(long records) {
        letIn += records;
    }

    /** Why nothing is let in, when {@link #open} was last asked. */
    public Optional<String> closedBecause() {
        return Optional.of(closed).filter(why -> !why.isEmpty());
    }
}
