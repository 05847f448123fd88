package io.clew.saga;

import java.util.Optional;

/**
 * Port: the rows of one partition, as they stand before an input. All but {@link #noted} throw
 * {@link UnreadableRowException} if a row is there but cannot be read.
 */
public interface SagaRows {
    Optional<SagaInstance> instance(SagaId id);

    Optional<Marker> marker(SagaId id);

    /** What has arrived for a saga that has not started. */
    Optional<Early> early(SagaId id);

    /** What is paused as a whole in this partition. */
    Pauses pauses();

    /** An incident that stands beside the saga, since its instance cannot carry it. */
    Optional<Incident> noted(SagaId id);

    /** The oldest input kept with this saga. */
    Optional<QueuedInput> firstQueued(SagaId id);

    /** The oldest input kept with this saga that stands after {@code position}. */
    Optional<QueuedInput> queuedAfter(SagaId id, Position position);
}
