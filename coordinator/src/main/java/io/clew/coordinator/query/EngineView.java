package io.clew.coordinator.query;

import io.clew.coordinator.engine.Walk;
import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.Pauses;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Port: what the engine of this instance holds, and who holds the rest. Safe for many threads. */
public interface EngineView {

    /** Who holds the rows of this saga. */
    Placement placement(SagaId saga);

    /** Who holds the rows of each partition of the inbox. */
    Map<Integer, Placement> placements();

    /** How many partitions the inbox has; 0 if the engine does not run. */
    int partitions();

    /** Partition everything about this saga stands in. */
    int partitionOf(SagaId saga);

    /** Reads the rows of a saga here. */
    Rows read(SagaId saga);

    /**
     * Sagas of a partition held here, as they are found on the way; their rows are not read.
     *
     * @param after only what stands after this; empty from the beginning
     * @param limit how many rows at most
     * @throws NotHereException if the partition cannot be read here
     * @throws IllegalArgumentException if {@code after} is not where something was found
     */
    List<Walked> walk(int partition, Walk walk, String after, int limit);

    /**
     * What is paused in a partition held here.
     *
     * @throws NotHereException if the partition cannot be read here
     */
    Pauses pauses(int partition);

    /** Offset of the last record of the inbox processed here; -1 if none is known. */
    long processed(int partition);

    /**
     * Who holds a partition.
     *
     * @param here whether this instance is its owner
     * @param owner address of the owner, if it is another and known
     * @param standbys addresses of others that keep copies
     */
    record Placement(boolean here, Optional<URI> owner, List<URI> standbys) {
        public Placement {
            standbys = List.copyOf(standbys);
        }
    }

    /**
     * A saga found on the way through a partition.
     *
     * @param at where the way goes on after it; texts in the order of the way, in any partition
     * @param saga which saga
     */
    record Walked(String at, SagaId saga) {}

    /** The rows of one saga. */
    sealed interface Rows {

        /**
         * They are here.
         *
         * @param instance the saga, if it is kept and can be read
         * @param unreadable why its row cannot be read, if that is so
         * @param marker what is left of one that is no longer kept
         * @param queued the oldest input kept with it
         * @param noted an incident that stands beside it
         * @param partition partition of the inbox
         * @param source how current they are
         */
        record Here(
                Optional<SagaInstance> instance,
                Optional<String> unreadable,
                Optional<Marker> marker,
                Optional<QueuedInput> queued,
                Optional<Incident> noted,
                int partition,
                Source source)
                implements Rows {}

        /** They cannot be read here at present. */
        record Unavailable(String reason) implements Rows {}
    }

    /**
     * How current rows are.
     *
     * @param active whether the owner's, which are the newest there are
     * @param live whether that owner has been at the broker within its session timeout
     * @param lag records the copy is behind, if it is a standby's
     */
    record Source(boolean active, boolean live, long lag) {}

    /** A partition is not, or no longer, held here. */
    final class NotHereException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NotHereException(String reason) {
            super(reason);
        }
    }
}
