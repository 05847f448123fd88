package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.MarkerCodec;
import io.clew.saga.Marker;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivingStoreTest {
    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;
    private final SortedStore rows = new SortedStore((key, row) -> row);
    private final DerivingStore store = new DerivingStore(rows, new LocalStores());
    private SagaInstance running;
    private SagaInstance ended;
    private Marker marker;

    @BeforeEach
    void makeInstances() {
        coordinator = new CoordinatorHarness(stateDir);
        coordinator.receivesTrigger("o-1");
        running = coordinator.instance("o-1");
        for (String participant : List.of("order", "payment", "order")) {
            coordinator.receivesReply(succeeds(coordinator.command(participant + ".commands")));
        }
        ended = coordinator.instance("o-1");
        coordinator.step(TestDefinitions.RETENTION.plusSeconds(1));
        marker = coordinator.marker("o-1").orElseThrow();
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    private static KeyValue<byte[], byte[]> record(Bytes key, byte @Nullable [] row) {
        return KeyValue.pair(key.get(), row);
    }

    private static KeyValue<byte[], byte[]> record(SagaInstance saga) {
        return record(Keys.instance(saga.id()), InstanceCodec.encode(saga));
    }

    private Set<Bytes> hints() {
        Set<Bytes> keys = new TreeSet<>();
        try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
            all.forEachRemaining(
                    row -> {
                        if (Hints.is(row.key)) {
                            keys.add(row.key);
                        }
                    });
        }
        return keys;
    }

    @Test
    void shouldBringTheHintsOfWhatIsRestored() {
        store.restore(List.of(record(running)));

        assertThat(store.get(Keys.instance(running.id()))).isEqualTo(InstanceCodec.encode(running));
        assertThat(hints()).isEqualTo(new TreeSet<>(Hints.of(running))).hasSizeGreaterThan(1);
    }

    @Test
    void shouldHaveTheHintsOfTheLastRowWhetherInOneBatchOrInMany() {
        Set<Bytes> expected = new TreeSet<>(Hints.of(ended));

        // when
        store.restore(List.of(record(running), record(ended)));

        // then
        assertThat(hints()).isEqualTo(expected);
        store.restore(List.of(record(running)));
        store.restore(List.of(record(ended)));
        assertThat(hints()).isEqualTo(expected);
    }

    @Test
    void shouldReplaceTheHintsOfAnEndedSagaByItsMarkers() {
        // given
        store.restore(List.of(record(ended)));

        // when
        store.restore(
                List.of(
                        record(Keys.instance(ended.id()), null),
                        record(Keys.marker(ended.id()), MarkerCodec.encode(marker))));

        // then
        assertThat(hints()).containsExactly(Keys.timer(marker.expiresAt(), marker.id()));
        store.restore(List.of(record(Keys.marker(ended.id()), null)));
        assertThat(hints()).isEmpty();
    }

    @Test
    void shouldPassOverHintsOfOlderChangelogsButKeepIncidentsBesideTheirSagas() {
        // given
        SagaId saga = running.id();
        Bytes stale = Keys.timer(Instant.ofEpochMilli(5), saga);
        List<KeyValue<byte[], byte[]>> old = new ArrayList<>();
        old.add(record(stale, Hints.row()));
        IndexKeys.of(ended).forEach(key -> old.add(record(key, Hints.row())));
        old.add(record(IndexKeys.noted(saga), new byte[] {7}));

        // when
        store.restore(old);

        // then
        assertThat(hints()).isEmpty();
        assertThat(store.get(IndexKeys.noted(saga))).containsExactly(7);
    }

    @Test
    void shouldRestoreARowNobodyCanReadAndGoOn() {
        Bytes bad = Keys.instance(SagaId.of("order-fulfilment", "bad"));

        // when
        store.restore(List.of(record(bad, new byte[] {Byte.MAX_VALUE}), record(running)));

        // then
        assertThat(store.get(bad)).containsExactly(Byte.MAX_VALUE);
        assertThat(hints()).isEqualTo(new TreeSet<>(Hints.of(running)));
    }
}
