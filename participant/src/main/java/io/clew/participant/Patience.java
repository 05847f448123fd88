package io.clew.participant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tries again, with growing pauses, until the world is back or this is closed. */
final class Patience implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Patience.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final String work;
    private final Duration longestPause;
    private final ParticipantMonitor monitor;
    private final CountDownLatch closed = new CountDownLatch(1);

    Patience(String work, Duration longestPause, ParticipantMonitor monitor) {
        this.work = work;
        this.longestPause = longestPause;
        this.monitor = monitor;
    }

    /** Returns when the work is done; is interrupted when closed first. */
    void until(Runnable action) throws InterruptedException {
        var pause = FIRST_PAUSE;
        var hasWaited = false;
        while (!isClosed()) {
            try {
                action.run();
                if (hasWaited) {
                    monitor.available(work);
                    LOGGER.log(Level.INFO, "Going on with {0}: what was away is back", work);
                }
                return;
            } catch (UnavailableException e) {
                LOGGER.log(
                        Level.WARNING,
                        "Waiting with {0} for what is away: {1}",
                        work,
                        e.getMessage());
                monitor.unavailable(work, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, "Expected " + work + " to succeed but it did not", e);
                monitor.unavailable(work, e.toString());
            }
            pause(pause);
            hasWaited = true;
            pause = min(pause.multipliedBy(2), longestPause);
        }
        throw new InterruptedException("closed");
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits, but no longer than until this is closed. */
    void pause(Duration pause) throws InterruptedException {
        var wasClosed = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        if (wasClosed) {
            LOGGER.log(Level.DEBUG, "Closed while waiting");
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
