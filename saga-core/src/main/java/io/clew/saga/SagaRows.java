package io.clew.saga;

import java.util.Optional;

/** Port: the rows of one partition, as they stand before an input. */
public interface SagaRows {
    Optional<SagaInstance> instance(SagaId id);

    Optional<Marker> marker(SagaId id);

    /** The oldest input kept with this saga. */
    Optional<QueuedInput> firstQueued(SagaId id);

    /** The oldest input kept with this saga that stands after {@code offset}. */
    Optional<QueuedInput> queuedAfter(SagaId id, long offset);
}
