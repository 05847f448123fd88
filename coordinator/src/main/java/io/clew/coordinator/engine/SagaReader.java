package io.clew.coordinator.engine;

import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.PausesCodec;
import io.clew.saga.Pauses;
import io.clew.saga.SagaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Reads the rows held here, and tells who holds the rest. Safe for many threads. */
public final class SagaReader {
    /** For who is asked only whether to ask another. */
    private static final Placement OWN = new Placement(Optional.empty(), List.of(), true);

    private final KafkaStreams streams;
    private final LocalStores stores;
    private final EngineSettings settings;
    private final PartitionProgress progress;
    private final Inbox inbox;

    SagaReader(
            KafkaStreams streams,
            LocalStores stores,
            EngineSettings settings,
            PartitionProgress progress) {
        this.streams = streams;
        this.stores = stores;
        this.settings = settings;
        this.progress = progress;
        this.inbox = new Inbox(settings.topics().inbox(), settings.inboxPartitions());
    }

    /** Partition of the inbox everything about this saga stands in. */
    public int partitionOf(SagaId saga) {
        return inbox.partitionOf(saga);
    }

    public int partitions() {
        return inbox.partitions();
    }

    /** Partitions that are processed here; not those whose rows are still coming back. */
    public Set<Integer> owned() {
        return progress.all().keySet();
    }

    /** Who holds a partition; empty if nobody is known to. */
    public Optional<Placement> placement(int partition) {
        return progress.at(partition).isPresent()
                ? Optional.of(OWN)
                : Optional.ofNullable(placements().get(partition));
    }

    /** Who holds each partition; a partition nobody is known to hold is not in it. */
    public Map<Integer, Placement> placements() {
        Map<Integer, HostInfo> owners = new HashMap<>();
        Map<Integer, List<HostInfo>> standbys = new HashMap<>();
        for (StreamsMetadata client : streams.metadataForAllStreamsClients()) {
            client.topicPartitions().forEach(at -> owners.put(at.partition(), client.hostInfo()));
            client.standbyTopicPartitions()
                    .forEach(
                            at ->
                                    standbys.computeIfAbsent(
                                                    at.partition(), key -> new ArrayList<>())
                                            .add(client.hostInfo()));
        }
        Map<Integer, Placement> placements = new HashMap<>();
        for (int partition = 0; partition < inbox.partitions(); partition++) {
            HostInfo owner = owners.get(partition);
            List<HostInfo> copies = standbys.getOrDefault(partition, List.of());
            if (owner != null || !copies.isEmpty()) {
                placements.put(
                        partition,
                        new Placement(Optional.ofNullable(owner), copies, isHere(owner)));
            }
        }
        return placements;
    }

    private boolean isHere(@org.jspecify.annotations.Nullable HostInfo owner) {
        return owner != null
                && (owner.host() + ":" + owner.port()).equals(settings.applicationServer());
    }

    /** Offset of the last record of this partition processed here; -1 if none. */
    public long processed(int partition) {
        return progress.offset(partition);
    }

    /** Reads the rows of a saga, from the owner's store or from a copy. */
    public Lookup read(SagaId saga) {
        int partition = partitionOf(saga);
        try {
            return SagaRead.of(stores.of(partition), saga).found(partition, source(partition));
        } catch (InvalidStateStoreException away) {
            return new Lookup.NotHere(String.valueOf(away.getMessage()));
        }
    }

    /**
     * Sagas of a partition as they are found on the way; their rows are not read.
     *
     * @param after only what stands after this; empty from the beginning
     * @param limit how many rows at most
     * @throws InvalidStateStoreException if the partition cannot be read here
     * @throws IllegalArgumentException if {@code after} is not where something was found
     */
    public List<Walked> walk(int partition, Walk walk, String after, int limit) {
        return new RowWalk(stores.of(partition)).walk(walk, after, limit);
    }

    /**
     * What is paused in a partition.
     *
     * @throws InvalidStateStoreException if the partition cannot be read here
     */
    public Pauses pauses(int partition) {
        byte[] row = stores.of(partition).get(Keys.PAUSES);
        return row == null ? Pauses.NONE : PausesCodec.decode(row);
    }

    /**
     * How many sagas of a partition an index has.
     *
     * @throws InvalidStateStoreException if the partition cannot be read here
     */
    public long count(int partition, IndexQuery query) {
        byte[] prefix = query.prefix();
        long found = 0;
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.of(partition)
                        .range(IndexKeys.from(prefix, 0), IndexKeys.from(prefix, Long.MAX_VALUE))) {
            while (rows.hasNext()) {
                rows.next();
                found++;
            }
        }
        return found;
    }

    private Lookup.Source source(int partition) {
        Optional<PartitionProgress.At> at = progress.at(partition);
        if (at.isPresent()) {
            boolean live = at.get().alive(StreamsSettings.SESSION, System.currentTimeMillis());
            return new Lookup.Source(true, live, 0);
        }
        LagInfo lag =
                streams.allLocalStorePartitionLags()
                        .getOrDefault(SagaTopology.STORE, Map.of())
                        .get(partition);
        return new Lookup.Source(false, false, lag == null ? -1 : lag.offsetLag());
    }
}
