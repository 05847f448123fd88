package io.clew.coordinator.engine;

import io.clew.coordinator.engine.PartitionProgress.Kept;
import io.clew.coordinator.wire.QueuedInputCodec;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Counts the inputs that are kept with their sagas, and why: a slice of their rows at a time. All
 * inputs of a saga are kept for the reason of its oldest.
 */
final class KeptCensus {
    private static final int SLICE = 500;
    private static final int MAX_REASONS = 100;
    private static final String OTHERS = "other reasons";
    private static final String UNREADABLE = "a coordinator that can read it";

    private final StoreRows rows;
    private Map<String, Long> reasons = new TreeMap<>();
    private Optional<Instant> oldest = Optional.empty();
    private Kept counted = Kept.NOTHING;
    private @Nullable Bytes resumeAt;
    private @Nullable SagaId saga;
    private String reason = "";

    KeptCensus(StoreRows rows) {
        this.rows = rows;
    }

    /** What the last walk over all rows has found. */
    Kept counted() {
        return counted;
    }

    /** Looks at the next few rows. */
    void run() {
        Bytes from = resumeAt == null ? Keys.first(Keys.QUEUE) : resumeAt;
        int left = SLICE;
        try (KeyValueIterator<Bytes, byte[]> kept = rows.range(from, Keys.last(Keys.QUEUE))) {
            while (kept.hasNext() && left > 0) {
                KeyValue<Bytes, byte[]> row = kept.next();
                count(row);
                resumeAt = Keys.after(row.key);
                left--;
            }
            if (kept.hasNext()) {
                return;
            }
        }
        counted = new Kept(reasons, oldest);
        reasons = new TreeMap<>();
        oldest = Optional.empty();
        resumeAt = null;
        saga = null;
    }

    private void count(KeyValue<Bytes, byte[]> row) {
        SagaId of = Keys.queueSaga(row.key);
        if (row.key.equals(Keys.queueHead(of))) {
            return;
        }
        if (!of.equals(saga)) {
            saga = of;
            begin(row.value);
        }
        boolean full = reasons.size() >= MAX_REASONS && !reasons.containsKey(reason);
        reasons.merge(full ? OTHERS : reason, 1L, Long::sum);
    }

    /** The oldest input of a saga says why all are kept. */
    private void begin(byte[] row) {
        try {
            QueuedInput first = QueuedInputCodec.decode(row);
            reason = first.fault().isPresent() ? QueuedInput.OPERATOR : first.waitsFor();
            Instant since = first.raw().timestamp();
            oldest = Optional.of(oldest.filter(it -> it.isBefore(since)).orElse(since));
        } catch (RuntimeException unreadable) {
            reason = UNREADABLE;
        }
    }
}
