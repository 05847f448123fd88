package io.clew.coordinator.engine;

import io.clew.saga.SagaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Walks through the rows of one partition while the engine may be writing them, by their keys
 * alone. A row that cannot be read is found like any other.
 *
 * @param store the rows
 */
record RowWalk(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    private static final HexFormat HEX = HexFormat.of();

    /**
     * What is found.
     *
     * @param after only what stands after this; empty from the beginning
     * @param limit how many rows at most
     * @throws IllegalArgumentException if {@code after} is not where something was found
     */
    List<Walked> walk(Walk walk, String after, int limit) {
        byte[] place = HEX.parseHex(after);
        int rank = place.length == 0 ? 0 : place[0];
        Bytes behind = Keys.after(Bytes.wrap(place.length == 0 ? place : key(place)));
        List<Walked> found = new ArrayList<>();
        for (Stretch stretch : new Stretches(store).of(walk)) {
            if (stretch.rank() == rank) {
                collect(stretch.beginningAt(behind), limit, found);
            } else if (stretch.rank() > rank) {
                collect(stretch, limit, found);
            }
        }
        return found;
    }

    private static byte[] key(byte[] place) {
        return Arrays.copyOfRange(place, 1, place.length);
    }

    /** Places compare like the ranks of their stretches, and then like keys. */
    private static String place(int rank, Bytes key) {
        return HEX.toHexDigits((byte) rank) + HEX.formatHex(key.get());
    }

    private void collect(Stretch stretch, int limit, List<Walked> found) {
        if (found.size() >= limit || stretch.isEmpty()) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(stretch.from(), stretch.to())) {
            while (found.size() < limit && rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                Walked walked = walked(stretch.rank(), row);
                if (!isSecond(row.key, walked.saga())) {
                    found.add(walked);
                }
            }
        }
    }

    private Walked walked(int rank, KeyValue<Bytes, byte[]> row) {
        SagaId saga =
                row.key.get()[0] == Keys.INSTANCE ? Keys.saga(row.key) : IndexKeys.saga(row.key);
        return new Walked(place(rank, row.key), saga);
    }

    /** Whether the saga has been found by the incident that stands beside it. */
    private boolean isSecond(Bytes key, SagaId saga) {
        return IndexKeys.isOwnIncident(key, saga) && store.get(IndexKeys.noted(saga)) != null;
    }
}
