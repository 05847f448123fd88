package io.clew.coordinator.query;

import io.clew.coordinator.engine.IndexQuery;
import io.clew.coordinator.engine.SagaReader;
import io.clew.saga.Phase;
import java.time.Instant;
import java.util.Collection;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * How many sagas this instance owns that have not ended, and how many of them have an incident;
 * counted by the index, each count up to a limit.
 *
 * @param open not ended
 * @param incidents with an incident
 */
public record SagaCounts(long open, long incidents) {

    private static final int LIMIT = 100_000;

    /** Looks at every partition that is owned here. */
    public static SagaCounts count(SagaReader reader, Collection<String> definitions) {
        long open = 0;
        long incidents = 0;
        for (var placement : reader.placements().entrySet()) {
            if (!placement.getValue().here()) {
                continue;
            }
            for (String definition : definitions) {
                incidents +=
                        found(reader, placement.getKey(), new IndexQuery.WithIncident(definition));
                for (Phase phase : Phase.values()) {
                    if (!phase.ended()) {
                        open +=
                                found(
                                        reader,
                                        placement.getKey(),
                                        new IndexQuery.ByPhase(phase, definition));
                    }
                }
            }
        }
        return new SagaCounts(open, incidents);
    }

    private static long found(SagaReader reader, int partition, IndexQuery query) {
        try {
            return reader.find(partition, query, Instant.EPOCH, LIMIT).size();
        } catch (InvalidStateStoreException moving) {
            return 0;
        }
    }
}
