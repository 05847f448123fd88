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

    /** Per saga the position up to which no intervention waits. */
    private final Map<SagaId, Position> seen = new LinkedHashMap<>();

    WaitingInterventions(InputCodec codec, SagaRows rows) {
        this.codec = codec;
        this.rows = rows;
    }

    Optional<QueuedInput> oldest(QueuedInput failed) {
        SagaId saga = failed.saga();
        Position from = failed.raw().position();
        Position last = seen.get(saga);
        if (last != null && last.covers(from)) {
            from = last;
        }
        Optional<QueuedInput> next = rows.queuedAfter(saga, from);
        while (next.isPresent() && !codec.isIntervention(next.get().raw())) {
            from = next.get().raw().position();
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
