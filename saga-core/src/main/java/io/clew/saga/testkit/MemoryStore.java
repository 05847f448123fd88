package io.clew.saga.testkit;

import io.clew.saga.Change;
import io.clew.saga.Early;
import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.Pauses;
import io.clew.saga.Position;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@link SimulatedStore} in memory. */
public final class MemoryStore implements SimulatedStore {
    private final SortedMap<SagaId, SagaInstance> instances = new TreeMap<>();
    private final SortedMap<SagaId, Marker> markers = new TreeMap<>();
    private final SortedMap<SagaId, Early> early = new TreeMap<>();
    private final SortedSet<TimerRow> timers = new TreeSet<>();
    private final SortedMap<SagaId, NavigableMap<Long, QueuedInput>> queued = new TreeMap<>();
    private final SortedMap<SagaId, Incident> noted = new TreeMap<>();
    private Pauses pauses = Pauses.NONE;

    @Override
    public Optional<SagaInstance> instance(SagaId id) {
        return Optional.ofNullable(instances.get(id));
    }

    @Override
    public Optional<Marker> marker(SagaId id) {
        return Optional.ofNullable(markers.get(id));
    }

    @Override
    public Optional<Early> early(SagaId id) {
        return Optional.ofNullable(early.get(id));
    }

    @Override
    public Pauses pauses() {
        return pauses;
    }

    @Override
    public Optional<Incident> noted(SagaId id) {
        return Optional.ofNullable(noted.get(id));
    }

    @Override
    public Optional<QueuedInput> firstQueued(SagaId id) {
        return Optional.ofNullable(queued.get(id)).map(kept -> kept.firstEntry().getValue());
    }

    @Override
    public Optional<QueuedInput> queuedAfter(SagaId id, Position position) {
        NavigableMap<Long, QueuedInput> kept = queued.get(id);
        return kept == null
                ? Optional.empty()
                : Optional.ofNullable(kept.higherEntry(position.offset())).map(Map.Entry::getValue);
    }

    @Override
    public void apply(Change change) {
        switch (change) {
            case Change.PutInstance put -> instances.put(put.after().id(), put.after());
            case Change.DeleteInstance delete -> instances.remove(delete.instance().id());
            case Change.PutMarker put -> markers.put(put.marker().id(), put.marker());
            case Change.DeleteMarker delete -> markers.remove(delete.saga());
            case Change.PutEarly put -> early.put(put.early().id(), put.early());
            case Change.DeleteEarly delete -> early.remove(delete.saga());
            case Change.PutTimer put -> timers.add(new TimerRow(put.dueAt(), put.saga()));
            case Change.DeleteTimer delete ->
                    timers.remove(new TimerRow(delete.dueAt(), delete.saga()));
            case Change.NoteIncident note -> noted.put(note.saga(), note.incident());
            case Change.PutPauses put -> pauses = put.pauses();
            case Change.ForgetIncident forget -> noted.remove(forget.saga());
            case Change.Enqueue keep ->
                    queued.computeIfAbsent(keep.input().saga(), id -> new TreeMap<>())
                            .put(keep.input().raw().position().offset(), keep.input());
            case Change.Dequeue taken -> dequeue(taken.input());
        }
    }

    private void dequeue(QueuedInput input) {
        NavigableMap<Long, QueuedInput> kept = queued.get(input.saga());
        if (kept == null || kept.remove(input.raw().position().offset()) == null) {
            throw new IllegalStateException("Expected to have kept " + input + " but not so");
        }
        if (kept.isEmpty()) {
            queued.remove(input.saga());
        }
    }

    @Override
    public MemoryStore copy() {
        MemoryStore copy = new MemoryStore();
        copy.instances.putAll(instances);
        copy.markers.putAll(markers);
        copy.early.putAll(early);
        copy.timers.addAll(timers);
        copy.noted.putAll(noted);
        copy.pauses = pauses;
        queued.forEach((saga, kept) -> copy.queued.put(saga, new TreeMap<>(kept)));
        return copy;
    }

    @Override
    public boolean holds(SagaInstance saga) {
        return saga.equals(instances.get(saga.id()));
    }

    @Override
    public Optional<Object> row(SagaId saga) {
        return Optional.ofNullable(instances.get(saga));
    }

    @Override
    public SortedMap<String, Object> contents() {
        SortedMap<String, Object> contents = new TreeMap<>();
        instances.forEach((saga, row) -> contents.put("instance " + saga, row));
        markers.forEach((saga, row) -> contents.put("marker " + saga, row));
        early.forEach((saga, row) -> contents.put("early " + saga, row));
        timers.forEach(row -> contents.put("timer " + row.dueAt() + " " + row.saga(), row));
        queued.forEach((saga, row) -> contents.put("queue " + saga, row));
        contents.put("pauses", pauses);
        return contents;
    }

    /** All rows but the instances. */
    List<Object> otherRows() {
        return List.of(markers, early, timers, queued, noted, pauses);
    }

    /** All rows; they are equal if and only if the stores hold the same. */
    List<Object> rows() {
        return List.of(instances, markers, early, timers, queued, noted, pauses);
    }

    @Override
    public SortedMap<SagaId, SagaInstance> instances() {
        return instances;
    }

    @Override
    public SortedMap<SagaId, Marker> markers() {
        return markers;
    }

    @Override
    public SortedSet<TimerRow> timers() {
        return timers;
    }

    @Override
    public SortedMap<SagaId, List<QueuedInput>> queued() {
        SortedMap<SagaId, List<QueuedInput>> lists = new TreeMap<>();
        queued.forEach((saga, kept) -> lists.put(saga, List.copyOf(kept.values())));
        return lists;
    }
}
