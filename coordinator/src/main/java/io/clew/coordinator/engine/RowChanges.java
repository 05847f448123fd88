package io.clew.coordinator.engine;

import io.clew.coordinator.wire.EarlyCodec;
import io.clew.coordinator.wire.IncidentCodec;
import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.MarkerCodec;
import io.clew.coordinator.wire.PausesCodec;
import io.clew.coordinator.wire.QueuedInputCodec;
import io.clew.saga.Change;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaInstance;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * Turns changes into writes of rows.
 *
 * @param rows the rows as they stand
 * @param maxBytes the largest row
 */
record RowChanges(StoreRows rows, int maxBytes) {
    void add(Change change, List<Prepared.Put> puts) {
        switch (change) {
            case Change.PutInstance put -> put(put, puts);
            case Change.DeleteInstance delete -> {
                delete(Keys.instance(delete.instance().id()), puts);
                IndexKeys.of(delete.instance()).forEach(key -> delete(key, puts));
            }
            case Change.PutMarker put ->
                    write(Keys.marker(put.marker().id()), MarkerCodec.encode(put.marker()), puts);
            case Change.DeleteMarker delete -> delete(Keys.marker(delete.saga()), puts);
            case Change.PutEarly put ->
                    write(Keys.early(put.early().id()), EarlyCodec.encode(put.early()), puts);
            case Change.DeleteEarly delete -> delete(Keys.early(delete.saga()), puts);
            case Change.PutTimer put ->
                    write(Keys.timer(put.dueAt(), put.saga()), Hints.row(), puts);
            case Change.DeleteTimer delete ->
                    delete(Keys.timer(delete.dueAt(), delete.saga()), puts);
            case Change.NoteIncident note ->
                    write(
                            IndexKeys.noted(note.saga()),
                            IncidentCodec.encode(note.incident()),
                            puts);
            case Change.PutPauses put -> write(Keys.PAUSES, PausesCodec.encode(put.pauses()), puts);
            case Change.ForgetIncident forget -> delete(IndexKeys.noted(forget.saga()), puts);
            case Change.Enqueue enqueue -> enqueue(enqueue.input(), puts);
            case Change.Dequeue dequeue -> dequeue(dequeue.input(), puts);
        }
    }

    private void put(Change.PutInstance put, List<Prepared.Put> puts) {
        SagaInstance after = put.after();
        write(Keys.instance(after.id()), InstanceCodec.encode(after), puts);
        if (put.before().filter(it -> IndexKeys.same(it, after)).isPresent()) {
            return;
        }
        List<Bytes> now = IndexKeys.of(after);
        List<Bytes> before = put.before().map(IndexKeys::of).orElse(List.of());
        before.stream().filter(key -> !now.contains(key)).forEach(key -> delete(key, puts));
        now.stream()
                .filter(key -> !before.contains(key))
                .forEach(key -> write(key, Hints.row(), puts));
    }

    private void enqueue(QueuedInput input, List<Prepared.Put> puts) {
        InboxPlace place = rows.place(input.raw().position());
        write(Keys.queued(input.saga(), place), QueuedInputCodec.encode(input), puts);
        Optional<InboxPlace> head = rows.queueHead(input.saga());
        if (head.isEmpty() || head.get().compareTo(place) > 0) {
            write(Keys.queueHead(input.saga()), place.bytes(), puts);
        }
    }

    private void dequeue(QueuedInput input, List<Prepared.Put> puts) {
        InboxPlace place = rows.place(input.raw().position());
        delete(Keys.queued(input.saga(), place), puts);
        if (!rows.queueHead(input.saga()).equals(Optional.of(place))) {
            return;
        }
        Bytes head = Keys.queueHead(input.saga());
        rows.queuedPlaceAfter(input.saga(), place)
                .map(InboxPlace::bytes)
                .ifPresentOrElse(next -> write(head, next, puts), () -> delete(head, puts));
    }

    private void write(Bytes key, byte[] value, List<Prepared.Put> puts) {
        if (value.length > maxBytes) {
            throw new IllegalArgumentException(
                    "Expected a row of at most " + maxBytes + " bytes but got " + value.length);
        }
        puts.add(new Prepared.Put(key, value));
    }

    private static void delete(Bytes key, List<Prepared.Put> puts) {
        puts.add(new Prepared.Put(key, null));
    }
}
