package io.clew.coordinator.engine;

import io.clew.saga.QueuedInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaShell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands inputs that are kept with their sagas in again, each saga with its own growing wait. A
 * queue that only an operator moves on is left alone until something follows in it.
 */
final class QueueDrainer {
    private static final Logger LOGGER = LoggerFactory.getLogger(QueueDrainer.class);
    private static final long FIRST_WAIT_MS = 50;
    private static final long MAX_WAIT_MS = 5000;
    private static final int PER_SAGA = 20;
    private static final int MAX_KNOWN = 10_000;
    private static final long SCAN_EVERY_MS = 900;
    private static final int SCAN_ROWS = 200;

    private final StoreRows rows;
    private final SagaShell<Prepared> shell;
    private final EngineMetrics metrics;
    private final Map<SagaId, Wait> known = new LinkedHashMap<>();
    private @Nullable Bytes resumeAt;
    private boolean foundAny;
    private long scannedAt;

    /** When a saga's queue is tried next, and how long it waits after that. */
    private record Wait(long nextAt, long pause) {}

    QueueDrainer(StoreRows rows, SagaShell<Prepared> shell, EngineMetrics metrics) {
        this.rows = rows;
        this.shell = shell;
        this.metrics = metrics;
    }

    void queued(SagaId saga) {
        if (known.size() < MAX_KNOWN) {
            known.putIfAbsent(saga, new Wait(0, FIRST_WAIT_MS));
        }
    }

    /** Whether there is no queue that may move on by itself, as far as is known. */
    boolean rests() {
        return known.isEmpty();
    }

    void run(Budget budget, long now) {
        if (now - scannedAt >= SCAN_EVERY_MS) {
            scannedAt = now;
            scan();
        }
        for (SagaId saga : due(now)) {
            drain(saga, now);
            if (budget.spent()) {
                return;
            }
        }
    }

    private List<SagaId> due(long now) {
        List<SagaId> due = new ArrayList<>();
        known.forEach(
                (saga, wait) -> {
                    if (wait.nextAt() <= now) {
                        due.add(saga);
                    }
                });
        return due;
    }

    /** A saga whose kept inputs cannot even be looked at must not stop all others. */
    private void drain(SagaId saga, long now) {
        try {
            handIn(saga, now);
        } catch (KafkaException fatal) {
            throw fatal;
        } catch (RuntimeException broken) {
            LOGGER.error("Expected to hand in what is kept with {} but could not", saga, broken);
            metrics.isolated.increment();
            known.remove(saga);
            known.put(saga, new Wait(now + MAX_WAIT_MS, MAX_WAIT_MS));
            shell.isolateHead(saga, broken, Instant.ofEpochMilli(now));
        }
    }

    private void handIn(SagaId saga, long now) {
        Optional<InboxPlace> before = rows.queueHead(saga);
        boolean nothingMoreNow = shell.drain(saga, PER_SAGA);
        Wait wait = known.remove(saga);
        if (wait == null || !movable(saga)) {
            return;
        }
        boolean moved = !before.equals(rows.queueHead(saga));
        long next = moved || !nothingMoreNow ? FIRST_WAIT_MS : wait.pause();
        known.put(saga, new Wait(now + next, Math.min(MAX_WAIT_MS, next * 2)));
    }

    /** Whether something may move on by itself: behind an input that failed, an intervention. */
    private boolean movable(SagaId saga) {
        Optional<QueuedInput> first = rows.firstQueued(saga);
        return first.isPresent()
                && (first.get().fault().isEmpty()
                        || rows.queuedAfter(saga, first.get().raw().position()).isPresent());
    }

    /** Finds queues from before a restart, a slice at a time. */
    private void scan() {
        Bytes from = resumeAt == null ? Keys.first(Keys.QUEUE) : resumeAt;
        if (resumeAt == null) {
            foundAny = false;
        }
        int looked = 0;
        while (looked < SCAN_ROWS) {
            Optional<SagaId> saga = queueFrom(from);
            if (saga.isEmpty()) {
                resumeAt = null;
                if (!foundAny) {
                    rows.noneQueued();
                }
                return;
            }
            foundAny = true;
            looked++;
            queued(saga.get());
            from = Keys.after(Keys.queueEnd(saga.get()));
        }
        resumeAt = from;
    }

    private Optional<SagaId> queueFrom(Bytes from) {
        try (KeyValueIterator<Bytes, byte[]> queues = rows.range(from, Keys.last(Keys.QUEUE))) {
            return queues.hasNext()
                    ? Optional.of(Keys.queueSaga(queues.peekNextKey()))
                    : Optional.empty();
        }
    }
}
