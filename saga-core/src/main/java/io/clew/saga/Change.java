package io.clew.saga;

import java.time.Instant;
import java.util.Optional;

/** One write to the rows of a partition. */
public sealed interface Change {
    /** The instance is {@code after} from now on; index rows follow from the difference. */
    record PutInstance(Optional<SagaInstance> before, SagaInstance after) implements Change {}

    record DeleteInstance(SagaInstance instance) implements Change {}

    record PutMarker(Marker marker) implements Change {}

    record DeleteMarker(SagaId saga) implements Change {}

    record PutEarly(Early early) implements Change {}

    record DeleteEarly(SagaId saga) implements Change {}

    record PutTimer(SagaId saga, Instant dueAt) implements Change {}

    record DeleteTimer(SagaId saga, Instant dueAt) implements Change {}

    /** The saga has an incident that its instance cannot carry. */
    record NoteIncident(SagaId saga, Incident incident) implements Change {}

    /** The noted incident is over, or has become the instance's; there need not be one. */
    record ForgetIncident(SagaId saga) implements Change {}

    /** What is paused in this partition from now on. */
    record PutPauses(Pauses pauses) implements Change {}

    /** Keeps the input, or changes why it is kept. */
    record Enqueue(QueuedInput input) implements Change {}

    record Dequeue(QueuedInput input) implements Change {}
}
