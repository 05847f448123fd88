package io.clew.coordinator.query;

import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An engine in memory: partitions by the last digit of the id. */
final class MemoryEngine implements EngineView {

    private final TreeMap<String, SagaInstance> sagas = new TreeMap<>();
    private final Map<Integer, Placement> placements = new HashMap<>();
    private Source source = new Source(true, true, 0);

    MemoryEngine(int partitions) {
        for (int i = 0; i < partitions; i++) {
            placements.put(i, new Placement(true, Optional.empty(), List.of()));
        }
    }

    void put(SagaInstance saga) {
        sagas.put(saga.id().value(), saga);
    }

    void isElsewhere(int partition, URI owner) {
        placements.put(partition, new Placement(false, Optional.of(owner), List.of()));
    }

    void hasNoOwner(int partition) {
        placements.put(partition, new Placement(false, Optional.empty(), List.of()));
    }

    void reads(Source next) {
        source = next;
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
    public Rows read(SagaId saga) {
        return new Rows.Here(
                Optional.ofNullable(sagas.get(saga.value())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                partition(saga),
                source);
    }

    @Override
    public List<SagaInstance> scan(int partition, String after, String prefix, int limit) {
        return sagas.tailMap(after, false).values().stream()
                .filter(it -> partition(it.id()) == partition)
                .filter(it -> it.id().value().startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public long processed(int partition) {
        return 10;
    }
}
