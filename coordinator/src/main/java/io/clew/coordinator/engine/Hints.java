package io.clew.coordinator.engine;

import io.clew.coordinator.wire.EarlyCodec;
import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.MarkerCodec;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Rows that follow from another row alone, mostly an instance: its timer and its index rows. They
 * say nothing but that they are there. The changelog does not have them: they are two thirds of all
 * rows, and whoever has the others can make them.
 */
final class Hints {
    private static final byte[] ROW = {1};

    private Hints() {}

    /** What every such row holds. */
    static byte[] row() {
        return ROW.clone();
    }

    /** Whether this is the key of a hint. */
    static boolean is(Bytes key) {
        byte kind = key.get()[0];
        return kind == Keys.TIMER || kind == Keys.INDEX && !IndexKeys.isNoted(key);
    }

    /** Whether hints follow from the row of this key. */
    static boolean followFrom(Bytes key) {
        byte kind = key.get()[0];
        return kind == Keys.INSTANCE || kind == Keys.MARKER || kind == Keys.EARLY;
    }

    /**
     * Keys of the hints that follow from a row, all different.
     *
     * @param key the key of an instance, a marker or of what came early
     * @throws RuntimeException if the row cannot be read
     */
    static List<Bytes> of(Bytes key, byte[] row) {
        SagaId saga = Keys.saga(key);
        return switch (key.get()[0]) {
            case Keys.INSTANCE -> of(InstanceCodec.decode(saga, row));
            case Keys.MARKER ->
                    List.of(Keys.timer(MarkerCodec.decode(saga, row).expiresAt(), saga));
            case Keys.EARLY -> List.of(Keys.timer(EarlyCodec.decode(saga, row).until(), saga));
            default -> List.of();
        };
    }

    static List<Bytes> of(SagaInstance saga) {
        List<Bytes> keys = IndexKeys.of(saga);
        saga.timer().ifPresent(due -> keys.add(Keys.timer(due, saga.id())));
        return keys;
    }
}
