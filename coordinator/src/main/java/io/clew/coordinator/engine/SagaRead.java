package io.clew.coordinator.engine;

import io.clew.coordinator.wire.IncidentCodec;
import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.MarkerCodec;
import io.clew.coordinator.wire.QueuedInputCodec;
import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one saga, read while the engine may be writing them.
 *
 * <p>An input kept with a saga becomes its instance, an instance its marker, and a marker makes way
 * for the next instance; what comes is written before what goes is deleted. If nothing is found on
 * the way, the instance is looked for once more: then there is truly nothing.
 */
final class SagaRead {
    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final SagaId saga;
    private Optional<SagaInstance> instance = Optional.empty();
    private Optional<String> unreadable = Optional.empty();
    private final Optional<Marker> marker;
    private final Optional<QueuedInput> queued;
    private final Optional<Incident> noted;

    private SagaRead(ReadOnlyKeyValueStore<Bytes, byte[]> store, SagaId saga) {
        this.store = store;
        this.saga = saga;
        byte[] first = readInstance();
        this.queued =
                Optional.ofNullable(store.get(Keys.queueHead(saga)))
                        .map(InboxPlace::read)
                        .flatMap(place -> row(Keys.queued(saga, place), QueuedInputCodec::decode));
        this.marker = row(Keys.marker(saga), it -> MarkerCodec.decode(saga, it));
        this.noted = row(IndexKeys.noted(saga), IncidentCodec::decode);
        if (first == null) {
            var unused = readInstance();
        }
    }

    static SagaRead of(ReadOnlyKeyValueStore<Bytes, byte[]> store, SagaId saga) {
        return new SagaRead(store, saga);
    }

    Lookup.Found found(int partition, Lookup.Source source) {
        return new Lookup.Found(instance, unreadable, marker, queued, noted, partition, source);
    }

    private byte @Nullable [] readInstance() {
        byte[] row = store.get(Keys.instance(saga));
        if (row != null) {
            try {
                instance = Optional.of(InstanceCodec.decode(saga, row));
            } catch (RuntimeException bad) {
                unreadable = Optional.of(String.valueOf(bad));
            }
        }
        return row;
    }

    /** A row that cannot be read counts as none: an incident says so. */
    private <T> Optional<T> row(Bytes key, Function<byte[], T> decoder) {
        byte[] row = store.get(key);
        try {
            return Optional.ofNullable(row).map(decoder);
        } catch (RuntimeException bad) {
            return Optional.empty();
        }
    }
}
