package io.clew.coordinator.query;

import io.clew.coordinator.engine.Lookup;
import io.clew.coordinator.engine.SagaReader;
import io.clew.coordinator.engine.Walk;
import io.clew.saga.Pauses;
import io.clew.saga.SagaId;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** The engine of this instance, read through its {@link SagaReader}. */
public final class EngineRows implements EngineView {

    private static final Placement NOBODY = new Placement(false, Optional.empty(), List.of());

    private final SagaReader reader;

    public EngineRows(SagaReader reader) {
        this.reader = reader;
    }

    @Override
    public Placement placement(SagaId saga) {
        return reader.placement(reader.partitionOf(saga)).map(EngineRows::placed).orElse(NOBODY);
    }

    @Override
    public Map<Integer, Placement> placements() {
        Map<Integer, Placement> placements = new HashMap<>();
        reader.placements().forEach((partition, it) -> placements.put(partition, placed(it)));
        return placements;
    }

    private static Placement placed(io.clew.coordinator.engine.Placement it) {
        return new Placement(
                it.here(),
                it.owner().map(EngineRows::address),
                it.standbys().stream().map(EngineRows::address).toList());
    }

    @Override
    public int partitions() {
        return reader.partitions();
    }

    @Override
    public int partitionOf(SagaId saga) {
        return reader.partitionOf(saga);
    }

    @Override
    public Rows read(SagaId saga) {
        return switch (reader.read(saga)) {
            case Lookup.NotHere away -> new Rows.Unavailable(away.reason());
            case Lookup.Found found -> rows(found);
        };
    }

    private static Rows.Here rows(Lookup.Found found) {
        return new Rows.Here(
                found.instance(),
                found.unreadable(),
                found.marker(),
                found.queued(),
                found.noted(),
                found.partition(),
                new Source(found.source().active(), found.source().live(), found.source().lag()));
    }

    @Override
    public List<Walked> walk(int partition, Walk walk, String after, int limit) {
        try {
            return reader.walk(partition, walk, after, limit).stream()
                    .map(it -> new Walked(it.at(), it.saga()))
                    .toList();
        } catch (InvalidStateStoreException away) {
            throw new NotHereException(String.valueOf(away.getMessage()));
        }
    }

    @Override
    public Pauses pauses(int partition) {
        try {
            return reader.pauses(partition);
        } catch (InvalidStateStoreException away) {
            throw new NotHereException(String.valueOf(away.getMessage()));
        }
    }

    @Override
    public long processed(int partition) {
        return reader.processed(partition);
    }

    private static URI address(HostInfo host) {
        return URI.create("http://" + host.host() + ":" + host.port());
    }
}
