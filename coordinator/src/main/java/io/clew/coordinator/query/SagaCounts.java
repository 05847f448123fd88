package io.clew.coordinator.query;

import io.clew.coordinator.engine.IndexQuery;
import io.clew.coordinator.engine.SagaReader;
import io.clew.saga.Phase;
import java.util.Arrays;
import java.util.Collection;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * How many sagas this instance owns that have not ended, and how many of them have an incident;
 * counted by the index.
 *
 * @param open not ended
 * @param incidents with an incident
 */
public record SagaCounts(long open, long incidents) {

    /** Looks at every partition that is owned here. */
    public static SagaCounts count(SagaReader reader, Collection<String> definitions) {
        long open = 0;
        long incidents = 0;
        for (int partition : reader.owned()) {
            for (String definition : definitions) {
                open += open(reader, partition, definition);
                incidents += found(reader, partition, new IndexQuery.WithIncident(definition));
            }
        }
        return new SagaCounts(open, incidents);
    }

    private static long open(SagaReader reader, int partition, String definition) {
        return Arrays.stream(Phase.values())
                .filter(phase -> !phase.ended())
                .mapToLong(
                        phase ->
                                found(reader, partition, new IndexQuery.ByPhase(phase, definition)))
                .sum();
    }

    private static long found(SagaReader reader, int partition, IndexQuery query) {
        try {
            return reader.count(partition, query);
        } catch (InvalidStateStoreException moving) {
            return 0;
        }
    }
}
