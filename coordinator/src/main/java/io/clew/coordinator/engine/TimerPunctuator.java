package io.clew.coordinator.engine;

import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.TimerWriter;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Sends due timers to the inbox. The row stays until the record has come back through the inbox, so
 * nothing is lost if it does not.
 *
 * <p>Each scan begins at a low watermark, below which no row is: fired timers leave tombstones that
 * would otherwise be walked over for ever. The same is true ahead of now: of sagas that ended soon
 * all timers are tombstones, and the store walks over them to the first row, due or not. So the
 * watermark moves on to that row, and until it is due nothing is scanned.
 */
final class TimerPunctuator {
    private static final int MAX_IN_FLIGHT = 20_000;
    private static final long SEND_AGAIN_MS = 5000;

    private final StoreRows rows;
    private final Inbox inbox;
    private final InboxSender sender;
    private final BrokerClock clock;
    private final EngineMetrics metrics;
    private final LongSupplier localTime;
    private final Map<Bytes, Long> sentAt = new HashMap<>();
    private long watermark;
    private long persisted;
    private @Nullable Bytes resumeAt;

    TimerPunctuator(StoreRows rows, EngineParts parts, BrokerClock clock, LongSupplier localTime) {
        this.rows = rows;
        this.inbox = parts.inbox();
        this.sender = parts.sender();
        this.metrics = parts.metrics();
        this.clock = clock;
        this.localTime = localTime;
        byte[] row = rows.get(Keys.WATERMARK);
        this.persisted = row == null ? 0 : Keys.number(row);
        this.watermark = persisted;
    }

    /** Looks for due timers until the budget is used up. */
    void run(Budget budget) {
        long now = localTime.getAsLong();
        long due = clock.brokerTime(now);
        Bytes start = resumeAt;
        boolean fromWatermark = start == null;
        Bytes from = start == null ? Keys.timersFrom(watermark) : start;
        if (from.compareTo(Keys.timersFrom(due + 1)) >= 0) {
            resumeAt = null;
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> timers = rows.range(from, Keys.last(Keys.TIMER))) {
            if (fromWatermark) {
                watermark = Math.max(watermark, oldest(timers));
            }
            resumeAt = fire(timers, budget, now, Keys.timersFrom(due + 1));
        }
    }

    /** When the first of these is due; there may be none. */
    private static long oldest(KeyValueIterator<Bytes, byte[]> timers) {
        return timers.hasNext()
                ? Keys.timerDue(timers.peekNextKey()).toEpochMilli()
                : Long.MAX_VALUE - 1;
    }

    /** Where to go on next time; null if at the end, or if enough are in flight. */
    private @Nullable Bytes fire(
            KeyValueIterator<Bytes, byte[]> timers, Budget budget, long now, Bytes end) {
        while (timers.hasNext() && timers.peekNextKey().compareTo(end) < 0) {
            Bytes key = timers.next().key;
            Long last = sentAt.get(key);
            if (rows.queueHead(Keys.timerSaga(key)).isPresent()) {
                // It would only join its saga's queue again and again; its turn comes after that.
                sentAt.remove(key);
            } else if (last == null && sentAt.size() >= MAX_IN_FLIGHT) {
                return null;
            } else if (last == null || now - last >= SEND_AGAIN_MS) {
                sentAt.put(key, now);
                send(key);
            }
            if (budget.spent()) {
                return timers.hasNext() ? Keys.after(key) : null;
            }
        }
        return null;
    }

    /** Whether none is due within {@code span} milliseconds. */
    boolean restFor(long span) {
        return resumeAt == null && watermark > clock.brokerTime(localTime.getAsLong()) + span;
    }

    private void send(Bytes key) {
        metrics.timersSent.increment();
        sender.send(
                TimerWriter.write(
                        inbox, Keys.timerSaga(key), new SagaInput.TimerFired(Keys.timerDue(key))),
                clock::acknowledged);
    }

    /** A row has been put, perhaps one before the watermark. */
    void armed(Instant dueAt) {
        long due = dueAt.toEpochMilli();
        if (due < watermark) {
            watermark = due;
            resumeAt = null;
        }
        if (due < persisted) {
            write(due);
        }
    }

    void disarmed(Instant dueAt, SagaId saga) {
        sentAt.remove(Keys.timer(dueAt, saga));
    }

    /**
     * Saves the walk over old tombstones after a restart; not ahead of now, or new timers would
     * have to take it back.
     */
    void persistWatermark() {
        long past = Math.min(watermark, clock.brokerTime(localTime.getAsLong()));
        if (past > persisted) {
            write(past);
        }
    }

    private void write(long value) {
        rows.put(Keys.WATERMARK, Keys.number(value));
        persisted = value;
    }
}
