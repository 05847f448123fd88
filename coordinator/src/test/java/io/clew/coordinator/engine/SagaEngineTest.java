package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.platform.KafkaBroker;
import io.clew.platform.Topics;
import io.clew.saga.Definitions;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a real broker. */
class SagaEngineTest {
    private static final int PARTITIONS = 4;
    private static final int SAGAS = 30;

    @TempDir static Path directory;
    @TempDir Path stateDir;
    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start(directory.resolve("kafka"));
        Topics.ensure(broker.bootstrapServers(), PARTITIONS);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static Phase phase(SagaEngine engine, String order) {
        return engine.reader().read(CoordinatorHarness.saga(order)) instanceof Lookup.Found found
                ? found.instance().map(SagaInstance::phase).orElse(Phase.HELD)
                : Phase.HELD;
    }

    private static void awaitCompleted(SagaEngine engine, String prefix) {
        Await.until(
                () ->
                        IntStream.range(0, SAGAS)
                                .allMatch(i -> phase(engine, prefix + i) == Phase.COMPLETED));
    }

    @Test
    void shouldStartOnceItsRowsCanBeOpenedAgain() throws Exception {
        // given
        LiveEngine live =
                new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS)
                        .with("unopened", EngineTopics.DEFAULT, Map.of());
        live.start().close();
        Path rows = stateDir.resolve("unopened/0_0/rocksdb/" + SagaTopology.STORE);
        Path aside = rows.resolveSibling("aside");
        Files.move(rows, aside);
        Files.createFile(rows);
        try (SagaEngine engine = live.create(ref -> Optional.empty())) {
            assertThatThrownBy(engine::start).isInstanceOf(ProcessorStateException.class);
            Files.delete(rows);
            Files.move(aside, rows);

            // when
            engine.start();

            // then
            Await.until(() -> engine.waitsForShare().isEmpty());
            assertThat(engine.progress().all()).hasSize(PARTITIONS);
        }
    }

    @Test
    void shouldCompleteSagasAndGoOnAfterARestart() throws Exception {
        LiveEngine live = new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS);
        try (SagaEngine engine = live.start();
                ObligingParticipants ignored =
                        new ObligingParticipants(broker.bootstrapServers())) {
            // when
            IntStream.range(0, SAGAS).forEach(i -> live.trigger("first-" + i));

            // then
            awaitCompleted(engine, "first-");
            assertThat(engine.health().works()).isTrue();
            assertThat(engine.metrics().hintDifferences()).isZero();
            SagaId one = CoordinatorHarness.saga("first-0");
            int partition = engine.reader().partitionOf(one);
            assertThat(engine.reader().placements().get(partition).here()).isTrue();
            assertThat(engine.reader().processed(partition)).isPositive();
            Walk all = new Walk.All(Optional.of("order-fulfilment"));
            assertThat(engine.reader().walk(partition, all, "", 1000))
                    .extracting(Walked::saga)
                    .contains(one)
                    .isSorted();
            IndexQuery completed = new IndexQuery.ByPhase(Phase.COMPLETED, "order-fulfilment");
            assertThat(engine.reader().owned()).contains(partition);
            assertThat(engine.reader().count(partition, completed))
                    .isEqualTo(listed(engine, partition, Phase.COMPLETED).size())
                    .isPositive();
        }
        try (SagaEngine engine = live.start();
                ObligingParticipants ignored =
                        new ObligingParticipants(broker.bootstrapServers())) {
            // when
            IntStream.range(0, SAGAS).forEach(i -> live.trigger("second-" + i));

            // then
            awaitCompleted(engine, "second-");
            awaitCompleted(engine, "first-");
        }
    }

    @Test
    void shouldFireTimersWhileParticipantsAreSilentAndThenComplete() throws Exception {
        LiveEngine live = new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS);
        try (SagaEngine engine = live.start()) {
            // given
            live.trigger("silent");
            SagaId saga = CoordinatorHarness.saga("silent");

            // when
            Await.until(() -> attempt(engine, saga) > 1);

            // then
            try (ObligingParticipants ignored =
                    new ObligingParticipants(broker.bootstrapServers())) {
                Await.until(() -> phase(engine, "silent") == Phase.COMPLETED);
            }
            assertThat(engine.metrics().timersSent()).isPositive();
        }
    }

    @Test
    void shouldStillHaveAnIncidentNobodyForesawWhenAnotherTakesOver() throws Exception {
        // given
        LiveEngine live = new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS);
        Definitions broken =
                ref -> {
                    throw new IllegalStateException("nobody knows why");
                };
        try (SagaEngine engine = live.start(broken)) {
            live.trigger("stuck");
            Await.until(() -> noted(engine, "stuck"));
        }
        LiveEngine other =
                new LiveEngine(broker.bootstrapServers(), stateDir.resolve("other"), PARTITIONS);
        try (SagaEngine engine = other.start();
                ObligingParticipants ignored =
                        new ObligingParticipants(broker.bootstrapServers())) {
            assertThat(noted(engine, "stuck")).isTrue();

            // when
            live.trigger("beside");
            live.retry("stuck");

            // then
            Await.until(() -> phase(engine, "stuck") == Phase.COMPLETED);
            Await.until(() -> phase(engine, "beside") == Phase.COMPLETED);
            assertThat(noted(engine, "stuck")).isFalse();
        }
    }

    @Test
    void shouldMakeTimersAndIndexRowsAnewWhenTheChangelogIsAllThereIs() throws Exception {
        // given
        LiveEngine live = new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS);
        SagaId saga = CoordinatorHarness.saga("moved");
        int sent;
        try (SagaEngine engine = live.start()) {
            live.trigger("moved");
            Await.until(() -> attempt(engine, saga) > 0);
            sent = attempt(engine, saga);
        }
        LiveEngine other =
                new LiveEngine(broker.bootstrapServers(), stateDir.resolve("other"), PARTITIONS);
        try (SagaEngine engine = other.start()) {
            // when
            int partition = engine.reader().partitionOf(saga);
            List<SagaId> found = listed(engine, partition, Phase.RUNNING);

            // then
            assertThat(found).contains(saga);
            Await.until(() -> attempt(engine, saga) > sent);
            assertThat(engine.metrics().hintDifferences()).isZero();
            assertThat(engine.metrics().restoredRows()).isPositive();
            assertThat(engine.metrics().restoring()).isZero();
        }
    }

    @Test
    void shouldGoOnWithASagaOnceWhatOnlyItsOwnerSawIsCommitted() throws Exception {
        LiveEngine live = new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS);
        AtomicBoolean first = new AtomicBoolean(true);
        Definitions brokenOnce =
                ref -> {
                    if (first.getAndSet(false)) {
                        throw new IllegalStateException("nobody knows why");
                    }
                    return Optional.of(TestDefinitions.order());
                };
        try (SagaEngine engine = live.start(brokenOnce);
                ObligingParticipants ignored =
                        new ObligingParticipants(broker.bootstrapServers())) {
            // when
            live.trigger("fenced");
            live.retry("fenced");

            // then
            Await.until(() -> phase(engine, "fenced") == Phase.COMPLETED);
            assertThat(engine.metrics().isolated()).isEqualTo(1);
        }
    }

    private static List<SagaId> listed(SagaEngine engine, int partition, Phase phase) {
        Walk walk =
                new Walk.ByPhase(Optional.of("order-fulfilment"), Set.of(phase), Walk.Span.ALWAYS);
        return engine.reader().walk(partition, walk, "", 1000).stream().map(Walked::saga).toList();
    }

    private static boolean noted(SagaEngine engine, String order) {
        return engine.reader().read(CoordinatorHarness.saga(order)) instanceof Lookup.Found found
                && found.noted().isPresent();
    }

    private static int attempt(SagaEngine engine, SagaId saga) {
        return engine.reader().read(saga) instanceof Lookup.Found found
                ? found.instance()
                        .flatMap(it -> it.outstanding().stream().findFirst())
                        .map(it -> it.attempt())
                        .orElse(0)
                : 0;
    }

    @Test
    void shouldNameAForeignTransactionThatHoldsTheInboxBack() throws Exception {
        LiveEngine live = new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS);
        try (SagaEngine engine = live.start();
                var foreign = live.producer(Optional.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG))) {
            // given
            foreign.initTransactions();
            foreign.beginTransaction();

            // when
            foreign.send(live.triggerRecord("held-back")).get();
            foreign.flush();

            // then
            Await.until(
                    () ->
                            engine.health().faults().stream()
                                    .anyMatch(it -> it.contains("foreign transaction")));
            foreign.abortTransaction();
            Await.until(() -> engine.health().works());
        }
    }

    @Test
    void shouldNotStartWhenATopicItWritesToIsMissing() {
        LiveEngine live =
                new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS)
                        .on(
                                new EngineTopics(
                                        "saga.inbox",
                                        "no.events",
                                        "saga.archive",
                                        "no.dead-letters"));

        assertThatThrownBy(live::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no.events, no.dead-letters but there are none");
    }

    @Test
    void shouldRefuseAnInboxThatIsNotFitAndSayWhy() {
        LiveEngine wrong = new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS + 1);
        LiveEngine missing =
                new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS)
                        .onInbox("not.there");
        LiveEngine unstamped =
                new LiveEngine(broker.bootstrapServers(), stateDir, 8).onInbox("order.events");

        assertThatThrownBy(wrong::start)
                .isInstanceOf(InboxUnfitException.class)
                .hasMessageContaining("4 partitions where 5 are configured");
        assertThatThrownBy(missing::start)
                .isInstanceOf(InboxUnfitException.class)
                .hasMessageContaining("there is none; create it with 4 partitions");
        assertThatThrownBy(unstamped::start)
                .isInstanceOf(InboxUnfitException.class)
                .hasMessageContaining("message.timestamp.type is CreateTime");
    }
}
