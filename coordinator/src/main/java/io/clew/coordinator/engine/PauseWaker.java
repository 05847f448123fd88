package io.clew.coordinator.engine;

import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.TimerWriter;
import io.clew.saga.PauseSubject;
import io.clew.saga.Pausing;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Asks sagas to go on once what held them is no longer paused: an index row says which were held,
 * and goes when they have gone on. Like a due timer, it is a record of the inbox.
 */
final class PauseWaker {
    private static final int MAX_IN_FLIGHT = 5_000;
    private static final long SEND_AGAIN_MS = 5_000;

    /**
     * Every pause there ever was is looked at, since an input kept for long may still be held. Less
     * than a slow tick, which would else be a little too early every other time.
     */
    private static final long LOOK_EVERY_MS = 400;

    private final StoreRows rows;
    private final Inbox inbox;
    private final InboxSender sender;
    private final EngineMetrics metrics;
    private final Map<Bytes, Long> sentAt = new HashMap<>();
    private long lookedAt;

    PauseWaker(StoreRows rows, EngineParts parts) {
        this.rows = rows;
        this.inbox = parts.inbox();
        this.sender = parts.sender();
        this.metrics = parts.metrics();
    }

    void run(Budget budget, long now) {
        if (now - lookedAt < LOOK_EVERY_MS) {
            return;
        }
        lookedAt = now;
        sentAt.values().removeIf(at -> now - at >= SEND_AGAIN_MS);
        for (Map.Entry<PauseSubject, Pausing> it : rows.pauses().subjects().entrySet()) {
            Optional<Instant> over = it.getValue().over();
            if (over.isPresent() && !budget.spent()) {
                wake(it.getKey(), over.get(), budget, now);
            }
        }
    }

    private void wake(PauseSubject subject, Instant over, Budget budget, long now) {
        byte[] prefix = IndexKeys.byPause(subject);
        Bytes last = IndexKeys.from(prefix, Long.MAX_VALUE);
        try (KeyValueIterator<Bytes, byte[]> held = rows.range(IndexKeys.from(prefix, 0), last)) {
            while (held.hasNext() && !budget.spent() && sentAt.size() < MAX_IN_FLIGHT) {
                Bytes key = held.next().key;
                if (!sentAt.containsKey(key)) {
                    sentAt.put(key, now);
                    send(IndexKeys.saga(prefix, key), over);
                }
            }
        }
    }

    private void send(SagaId saga, Instant over) {
        metrics.timersSent.increment();
        sender.send(
                TimerWriter.write(inbox, saga, new SagaInput.TimerFired(over)),
                (offset, appendedAt, heardAt) -> {});
    }
}
