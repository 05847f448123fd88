package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Walks through the rows of one partition while the engine may be writing them. A row that cannot
 * be read is found like any other and says so.
 *
 * @param store the rows
 * @param partition partition of the inbox
 * @param source how current they are
 */
record RowWalk(ReadOnlyKeyValueStore<Bytes, byte[]> store, int partition, Lookup.Source source) {
    private static final HexFormat HEX = HexFormat.of();

    /** Rows from one key to another, both included. */
    private record Stretch(Bytes from, Bytes to) {

        /** All that begins like this; no row has the key behind them. */
        static Stretch of(byte[] prefix) {
            byte[] behind = prefix.clone();
            behind[behind.length - 1]++;
            return new Stretch(Bytes.wrap(prefix), Bytes.wrap(behind));
        }
    }

    /**
     * What is found.
     *
     * @param after only what stands after this; empty from the beginning
     * @param limit how many rows at most
     * @throws IllegalArgumentException if {@code after} is not where something was found
     */
    List<Walked> walk(Walk walk, String after, int limit) {
        Bytes from = Keys.after(Bytes.wrap(HEX.parseHex(after)));
        List<Walked> found = new ArrayList<>();
        for (Stretch stretch : stretches(walk)) {
            Bytes first = from.compareTo(stretch.from()) > 0 ? from : stretch.from();
            if (first.compareTo(stretch.to()) <= 0) {
                collect(new Stretch(first, stretch.to()), limit, found);
            }
        }
        return found;
    }

    private void collect(Stretch stretch, int limit, List<Walked> found) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(stretch.from(), stretch.to())) {
            while (rows.hasNext() && found.size() < limit) {
                KeyValue<Bytes, byte[]> row = rows.next();
                Walked walked = walked(row);
                if (!isSecond(row.key, walked)) {
                    found.add(walked);
                }
            }
        }
    }

    /** Whether the saga has been found by the incident that stands beside it. */
    private static boolean isSecond(Bytes key, Walked walked) {
        return walked.rows().noted().isPresent() && IndexKeys.isOwnIncident(key, walked.saga());
    }

    private Walked walked(KeyValue<Bytes, byte[]> row) {
        String at = HEX.formatHex(row.key.get());
        if (row.key.get()[0] == Keys.INSTANCE) {
            SagaId saga = Keys.saga(row.key);
            return new Walked(at, saga, decoded(saga, row.value));
        }
        SagaId saga = IndexKeys.saga(row.key);
        return new Walked(at, saga, SagaRead.of(store, saga).found(partition, source));
    }

    private Lookup.Found decoded(SagaId saga, byte[] row) {
        Optional<SagaInstance> instance = Optional.empty();
        Optional<String> unreadable = Optional.empty();
        try {
            instance = Optional.of(InstanceCodec.decode(saga, row));
        } catch (RuntimeException bad) {
            unreadable = Optional.of(String.valueOf(bad));
        }
        return new Lookup.Found(
                instance,
                unreadable,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                partition,
                source);
    }

    /** In the order of their keys. */
    private static List<Stretch> stretches(Walk walk) {
        return switch (walk) {
            case Walk.All all -> List.of(instances(all.definition()));
            case Walk.WithIncident with ->
                    List.of(Stretch.of(IndexKeys.byIncident(with.definition())));
        };
    }

    /** Saga ids begin with the name of their definition and a colon. */
    private static Stretch instances(Optional<String> definition) {
        String prefix = (char) Keys.INSTANCE + definition.map(it -> it + ":").orElse("");
        return Stretch.of(prefix.getBytes(UTF_8));
    }
}
