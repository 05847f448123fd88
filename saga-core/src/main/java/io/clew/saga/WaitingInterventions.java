package io.clew.saga;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the interventions that wait behind an input that failed. A queue only grows at its end, so
 * each of its inputs is looked at once, however long it gets.
 */
final class WaitingInterventions {
    private static final int SAGAS = 1000;

    private final InputCodec codec;
    private final SagaRows rows;

    /** Per saga the offset up to which no intervention waits. */
    private final Map<SagaId, Long> seen = new LinkedHashMap<>();

    WaitingInterventions(InputCodec codec, SagaRows rows) {
        this.codec = codec;
        this.rows = rows;
    }

    Optional<QueuedInput> oldest(QueuedInput failed) {
        SagaId saga = failed.saga();
        long from = Math.max(failed.raw().position().offset(), seen.getOrDefault(saga, -1L));
        Optional<QueuedInput> next = rows.queuedAfter(saga, from);
        while (next.isPresent() && !codec.isIntervention(next.get().raw())) {
            from = next.get().raw().position().offset();
            next = rows.queuedAfter(saga, from);
        }
        seen.remove(saga);
        if (seen.size() >= SAGAS) {
            seen.remove(seen.keySet().iterator().next());
        }
        seen.put(saga, from);
        return next;
    }
}
