package io.clew.coordinator.engine;

import io.clew.saga.SagaId;
import java.time.Instant;

/** What the punctuator must hear of as rows are written and commands are sent. */
interface RowWatcher {
    void armed(Instant dueAt);

    void disarmed(Instant dueAt, SagaId saga);

    /** An input is kept with this saga. */
    void queued(SagaId saga);

    /** A command of this saga was kept back, since its topic is missing. */
    void unsent(SagaId saga, String topic);
}
