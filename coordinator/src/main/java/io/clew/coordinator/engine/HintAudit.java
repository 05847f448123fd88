package io.clew.coordinator.engine;

import io.clew.saga.Early;
import io.clew.saga.Marker;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks slowly through instances, markers, timers and index rows and derives the hints anew. A
 * difference is mended and counted: there should never be one.
 */
final class HintAudit {
    private static final Logger LOGGER = LoggerFactory.getLogger(HintAudit.class);
    private static final int SLICE = 20;
    private static final byte[] KINDS = {
        Keys.INSTANCE, Keys.MARKER, Keys.EARLY, Keys.TIMER, Keys.INDEX
    };

    private final StoreRows rows;
    private final RowWatcher watcher;
    private final EngineMetrics metrics;
    private int kind;
    private @Nullable Bytes resumeAt;

    HintAudit(StoreRows rows, RowWatcher watcher, EngineMetrics metrics) {
        this.rows = rows;
        this.watcher = watcher;
        this.metrics = metrics;
    }

    /** Looks at the next few rows. */
    void run() {
        byte walked = KINDS[kind];
        Bytes from = resumeAt == null ? Keys.first(walked) : resumeAt;
        List<KeyValue<Bytes, byte[]>> slice = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = rows.range(from, Keys.last(walked))) {
            while (all.hasNext() && slice.size() < SLICE) {
                slice.add(all.next());
            }
            resumeAt = all.hasNext() ? Keys.after(slice.get(slice.size() - 1).key) : null;
        }
        if (resumeAt == null) {
            kind = (kind + 1) % KINDS.length;
        }
        for (KeyValue<Bytes, byte[]> row : slice) {
            checked(walked, row);
        }
    }

    /** A row that cannot be read here is left to whoever asks for its saga. */
    private void checked(byte walked, KeyValue<Bytes, byte[]> row) {
        try {
            check(walked, row);
        } catch (KafkaException fatal) {
            throw fatal;
        } catch (RuntimeException unreadable) {
            LOGGER.error("Expected to audit the row {} but could not", row.key, unreadable);
        }
    }

    private void check(byte walked, KeyValue<Bytes, byte[]> row) {
        if (Hints.followFrom(row.key)) {
            Hints.of(row.key, row.value).forEach(this::expect);
        } else if (walked == Keys.TIMER) {
            checkTimer(row.key);
        } else {
            checkIndex(row.key);
        }
    }

    private void expect(Bytes key) {
        if (rows.get(key) != null) {
            return;
        }
        metrics.hintDifferences.increment();
        rows.put(key, Hints.row());
        if (key.get()[0] == Keys.TIMER) {
            watcher.armed(Keys.timerDue(key));
        }
    }

    /** An incident beside its saga is no hint: it follows from nothing. */
    private void checkIndex(Bytes key) {
        SagaId saga = IndexKeys.saga(key);
        boolean wanted =
                key.equals(IndexKeys.noted(saga))
                        || rows.instance(saga)
                                .filter(it -> IndexKeys.of(it).contains(key))
                                .isPresent();
        if (!wanted) {
            metrics.hintDifferences.increment();
            rows.put(key, null);
        }
    }

    private void checkTimer(Bytes key) {
        SagaId saga = Keys.timerSaga(key);
        Optional<Instant> due = Optional.of(Keys.timerDue(key));
        boolean wanted =
                rows.instance(saga).flatMap(SagaInstance::timer).equals(due)
                        || rows.marker(saga).map(Marker::expiresAt).equals(due)
                        || rows.early(saga).map(Early::until).equals(due);
        if (!wanted) {
            metrics.hintDifferences.increment();
            rows.put(key, null);
            watcher.disarmed(due.orElseThrow(), saga);
        }
    }
}
