package io.clew.coordinator.query;

import io.clew.coordinator.engine.Walk;
import io.clew.saga.Incident;
import io.clew.saga.Pauses;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An engine in memory: partitions by the last digit of the id. */
final class MemoryEngine implements EngineView {

    private final TreeMap<String, Found> sagas = new TreeMap<>();
    private final Map<Integer, Placement> placements = new HashMap<>();
    private final Set<Integer> copies = new HashSet<>();
    private Source source = new Source(true, true, 0);
    private int reads;

    MemoryEngine(int partitions) {
        for (int i = 0; i < partitions; i++) {
            placements.put(i, new Placement(true, Optional.empty(), List.of()));
        }
    }

    /** What is stored of one saga. */
    private record Found(
            Optional<SagaInstance> instance,
            Optional<String> unreadable,
            Optional<Incident> noted) {

        static final Found NOTHING =
                new Found(Optional.empty(), Optional.empty(), Optional.empty());

        boolean hasRow() {
            return instance.isPresent() || unreadable.isPresent();
        }

        boolean hasIncident() {
            return noted.isPresent() || instance.flatMap(SagaInstance::incident).isPresent();
        }
    }

    private final Map<Integer, Pauses> pauses = new TreeMap<>();

    void put(SagaInstance saga) {
        sagas.put(
                saga.id().value(),
                new Found(Optional.of(saga), Optional.empty(), Optional.empty()));
    }

    void remove(SagaId saga) {
        sagas.remove(saga.value());
    }

    void putUnreadable(String saga, String why) {
        sagas.put(saga, new Found(Optional.empty(), Optional.of(why), Optional.empty()));
    }

    /** An incident stands beside a saga that has no instance. */
    void note(String saga, Incident incident) {
        sagas.put(saga, new Found(Optional.empty(), Optional.empty(), Optional.of(incident)));
    }

    void isElsewhere(int partition, URI owner) {
        placements.put(partition, new Placement(false, Optional.of(owner), List.of()));
    }

    void hasNoOwner(int partition) {
        placements.put(partition, new Placement(false, Optional.empty(), List.of()));
    }

    void isHere(int partition) {
        placements.put(partition, new Placement(true, Optional.empty(), List.of()));
    }

    /** This instance keeps a copy of a partition whoever owns it. */
    void keepsACopyOf(int partition) {
        copies.add(partition);
    }

    void reads(Source next) {
        source = next;
    }

    /** How many sagas have been read. */
    int reads() {
        return reads;
    }

    int partition(SagaId saga) {
        return (saga.value().charAt(saga.value().length() - 1) - '0') % placements.size();
    }

    @Override
    public Placement placement(SagaId saga) {
        return placements.get(partition(saga));
    }

    @Override
    public Map<Integer, Placement> placements() {
        return Map.copyOf(placements);
    }

    @Override
    public int partitions() {
        return placements.size();
    }

    @Override
    public int partitionOf(SagaId saga) {
        return partition(saga);
    }

    @Override
    public Rows read(SagaId saga) {
        reads++;
        return rows(saga, sagas.getOrDefault(saga.value(), Found.NOTHING));
    }

    private Rows.Here rows(SagaId saga, Found found) {
        return new Rows.Here(
                found.instance(),
                found.unreadable(),
                Optional.empty(),
                Optional.empty(),
                found.noted(),
                partition(saga),
                source);
    }

    @Override
    public List<Walked> walk(int partition, Walk walk, String after, int limit) {
        if (!placements.get(partition).here() && !copies.contains(partition)) {
            throw new NotHereException("no copy of " + partition);
        }
        return sagas.tailMap(after, false).entrySet().stream()
                .filter(it -> partition(new SagaId(it.getKey())) == partition)
                .filter(it -> passes(walk, it.getValue()))
                .limit(limit)
                .map(it -> walked(new SagaId(it.getKey())))
                .toList();
    }

    private static boolean passes(Walk walk, Found found) {
        return switch (walk) {
            case Walk.WithIncident ignored -> found.hasIncident();
            case Walk.All ignored -> found.hasRow();
            case Walk.OfKey ignored -> found.hasRow();
            case Walk.ByAttribute ignored -> found.hasRow();
            case Walk.ByPhase ignored -> found.hasRow();
        };
    }

    private Walked walked(SagaId saga) {
        return new Walked(saga.value(), saga);
    }

    @Override
    public Pauses pauses(int partition) {
        if (!placements
                .getOrDefault(partition, new Placement(false, Optional.empty(), List.of()))
                .here()) {
            throw new NotHereException("partition " + partition + " is elsewhere");
        }
        return pauses.getOrDefault(partition, Pauses.NONE);
    }

    void isPaused(int partition, Pauses paused) {
        pauses.put(partition, paused);
    }

    @Override
    public long processed(int partition) {
        return 10;
    }
}
