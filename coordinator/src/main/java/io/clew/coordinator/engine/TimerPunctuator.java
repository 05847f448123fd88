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
    /**
     * Of all partitions, shared evenly: replies stand behind them, so no more than a fraction of a
     * second's work. A tick every 50 ms makes them 20,000 a second.
     */
    private static final int MAX_IN_FLIGHT = 1000;

    /** Of a partition at least, however many there are. */
    private static final int FEW = 50;

    /** A record that is not known to wait on the inbox is sent again after this. */
    private static final long SEND_AGAIN_MS = 5000;

    /** Any is, after this: whatever is wrong, no saga depends on what one instance remembers. */
    private static final long SURELY_AGAIN_MS = 60_000;

    private final StoreRows rows;
    private final Inbox inbox;
    private final InboxSender sender;
    private final BrokerClock clock;
    private final EngineMetrics metrics;
    private final LongSupplier localTime;
    private final LongSupplier processed;
    private final int atOnce;
    private final Map<Bytes, Sending> sent = new HashMap<>();
    private long watermark;
    private long persisted;
    private @Nullable Bytes resumeAt;
    private long begunAt;

    /** A timer that is under way. */
    private static final class Sending {
        private static final long UNKNOWN = -1;

        private final long at;

        /** Where it stands on the inbox; told on another thread. */
        private volatile long offset = UNKNOWN;

        Sending(long at) {
            this.at = at;
        }

        /**
         * Whether to send it again: not while it waits behind what is processed, or an engine that
         * has too much to do would get still more.
         */
        boolean isDue(long now, long processed) {
            return now - at >= SURELY_AGAIN_MS || now - at >= SEND_AGAIN_MS && offset <= processed;
        }

        /** Whether the engine has it still to do. */
        boolean waits(long now, long processed) {
            return now - at < (offset == UNKNOWN ? SEND_AGAIN_MS : SURELY_AGAIN_MS)
                    && (offset == UNKNOWN || offset > processed);
        }
    }

    /**
     * @param processed offset of the last record of this partition that was taken
     */
    TimerPunctuator(
            StoreRows rows,
            EngineParts parts,
            BrokerClock clock,
            LongSupplier localTime,
            LongSupplier processed) {
        this.rows = rows;
        this.inbox = parts.inbox();
        this.atOnce = Math.max(FEW, MAX_IN_FLIGHT / inbox.partitions());
        this.sender = parts.sender();
        this.metrics = parts.metrics();
        this.clock = clock;
        this.localTime = localTime;
        this.processed = processed;
        byte[] row = rows.get(Keys.WATERMARK);
        this.persisted = row == null ? 0 : Keys.number(row);
        this.watermark = persisted;
    }

    /** Looks for due timers until the budget is used up. */
    void run(Budget budget) {
        long now = localTime.getAsLong();
        long due = clock.brokerTime(now);
        // Also while there is no end of them: what was lost on its way stands before that.
        Bytes start = now - begunAt < SURELY_AGAIN_MS ? resumeAt : null;
        boolean fromWatermark = start == null;
        Bytes from = start == null ? Keys.timersFrom(watermark) : start;
        if (from.compareTo(Keys.timersFrom(due + 1)) >= 0) {
            resumeAt = null;
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> timers = rows.range(from, Keys.last(Keys.TIMER))) {
            if (fromWatermark) {
                begunAt = now;
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

    /** Where to go on next time; null if at the end. */
    private @Nullable Bytes fire(
            KeyValueIterator<Bytes, byte[]> timers, Budget budget, long now, Bytes end) {
        long taken = processed.getAsLong();
        long room = atOnce - sent.values().stream().filter(it -> it.waits(now, taken)).count();
        while (timers.hasNext() && timers.peekNextKey().compareTo(end) < 0) {
            Bytes key = timers.next().key;
            Sending last = sent.get(key);
            if (rows.queueHead(Keys.timerSaga(key)).isPresent()) {
                // It would only join its saga's queue again and again; its turn comes after that.
                sent.remove(key);
            } else if (last == null && room <= 0) {
                return key;
            } else if (last == null || last.isDue(now, taken)) {
                send(key, now);
                room--;
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

    private void send(Bytes key, long now) {
        Sending sending = new Sending(now);
        sent.put(key, sending);
        metrics.timersSent.increment();
        sender.send(
                TimerWriter.write(
                        inbox, Keys.timerSaga(key), new SagaInput.TimerFired(Keys.timerDue(key))),
                (offset, appendedAt, heardAt) -> {
                    sending.offset = offset;
                    clock.acknowledged(appendedAt, heardAt);
                });
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
        sent.remove(Keys.timer(dueAt, saga));
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
