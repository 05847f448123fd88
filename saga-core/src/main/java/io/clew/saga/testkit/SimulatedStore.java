package io.clew.saga.testkit;

import io.clew.saga.Change;
import io.clew.saga.Marker;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** Rows of one partition that can be written, copied and looked through. */
public interface SimulatedStore extends SagaRows {
    void apply(Change change);

    /** The same rows, apart from now on: what a restore from the changelog would give. */
    SimulatedStore copy();

    Map<SagaId, SagaInstance> instances();

    Map<SagaId, Marker> markers();

    /** All timer rows in the order they come due. */
    SortedSet<TimerRow> timers();

    /** Inputs kept, by saga, oldest first. */
    Map<SagaId, List<QueuedInput>> queued();

    /** Whether the row of this saga is exactly this instance: byte for byte, if it is bytes. */
    boolean holds(SagaInstance saga);

    /** What the row of this saga holds: its bytes, if it is bytes. */
    Optional<Object> row(SagaId saga);

    /**
     * All rows by their keys, and what each holds: its bytes, if it is bytes. Only what an owner
     * has noted for itself is left out.
     */
    SortedMap<String, Object> contents();

    /** One timer row. */
    record TimerRow(Instant dueAt, SagaId saga) implements Comparable<TimerRow> {
        @Override
        public int compareTo(TimerRow other) {
            int order = dueAt.compareTo(other.dueAt);
            return order != 0 ? order : saga.compareTo(other.saga);
        }
    }
}
