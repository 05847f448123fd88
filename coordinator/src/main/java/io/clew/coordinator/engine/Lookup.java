package io.clew.coordinator.engine;

import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaInstance;
import java.util.Optional;

/** What reading the rows of one saga gave. */
public sealed interface Lookup {

    /**
     * The partition is held here; the saga may be in it or not.
     *
     * @param instance the saga, if it is kept and can be read
     * @param unreadable why its row cannot be read, if that is so
     * @param marker what is left of one that is no longer kept
     * @param queued the oldest input kept with it
     * @param noted an incident that stands beside it
     * @param partition partition of the inbox
     * @param source how current the rows are
     */
    record Found(
            Optional<SagaInstance> instance,
            Optional<String> unreadable,
            Optional<Marker> marker,
            Optional<QueuedInput> queued,
            Optional<Incident> noted,
            int partition,
            Source source)
            implements Lookup {}

    /** The partition cannot be read here at present. */
    record NotHere(String reason) implements Lookup {}

    /**
     * How current rows are.
     *
     * @param active whether they are the owner's, which are the newest there are
     * @param live whether that owner's thread has moved within the session timeout
     * @param lag changelog records a copy is behind; -1 if it is not known
     */
    record Source(boolean active, boolean live, long lag) {}
}
