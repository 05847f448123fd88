package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.platform.KafkaBroker;
import io.clew.platform.Topics;
import io.clew.saga.Definitions;
import io.clew.saga.Delivery;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Outstanding;
import io.clew.saga.Phase;
import io.clew.saga.SagaInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are deleted while the engine runs. */
class LostTopicsTest {
    private static final int PARTITIONS = 2;

    @TempDir static Path directory;
    @TempDir Path stateDir;
    private static KafkaBroker broker;
    private static Admin admin;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start(directory.resolve("kafka"));
        Topics.ensure(broker.bootstrapServers(), PARTITIONS);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    private static void create(String topic, Map<String, String> config) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1).configs(config)))
                .all()
                .get();
        Await.until(() -> listed().contains(topic));
    }

    private static void delete(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        Await.until(() -> !listed().contains(topic));
    }

    private static Set<String> listed() {
        try {
            return admin.listTopics().names().get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Optional<SagaInstance> saga(SagaEngine engine, String order) {
        return engine.reader().read(CoordinatorHarness.saga(order)) instanceof Lookup.Found found
                ? found.instance()
                : Optional.empty();
    }

    private static boolean completed(SagaEngine engine, String order) {
        return saga(engine, order).filter(it -> it.phase() == Phase.COMPLETED).isPresent();
    }

    private static boolean parked(SagaEngine engine, String order) {
        return saga(engine, order)
                .flatMap(it -> it.outstanding().stream().findFirst())
                .map(Outstanding::delivery)
                .filter(Delivery.Paused.class::isInstance)
                .isPresent();
    }

    private static boolean kept(SagaEngine engine, String order) {
        return engine.reader().read(CoordinatorHarness.saga(order)) instanceof Lookup.Found found
                && found.queued().isPresent();
    }

    private static long records(String topic) {
        Map<TopicPartition, OffsetSpec> ends =
                IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .collect(Collectors.toMap(it -> it, it -> OffsetSpec.latest()));
        try {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** How many records of a topic an application has done with, for good. */
    private static long committed(String applicationId, String topic) {
        try {
            return admin
                    .listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(it -> it.getKey().topic().equals(topic))
                    .mapToLong(it -> it.getValue().offset())
                    .sum();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static boolean names(SagaEngine engine, String topic) {
        return engine.health().faults().stream().anyMatch(it -> it.contains(topic));
    }

    @Test
    void shouldParkACommandWhoseTopicIsDeletedAndLetTheNextOwnerSendItOnceItIsBack()
            throws Exception {
        Map<String, String> impatient =
                Map.of(
                        "producer.delivery.timeout.ms",
                        "6000",
                        "producer.request.timeout.ms",
                        "5000");
        LiveEngine live =
                new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS)
                        .with("parks", EngineTopics.DEFAULT, impatient);
        try (SagaEngine engine = live.start();
                ObligingParticipants ignored =
                        new ObligingParticipants(broker.bootstrapServers())) {
            // given
            live.trigger("before");
            Await.until(() -> completed(engine, "before"));
            delete("payment.commands");

            // when
            live.trigger("meanwhile");

            // then
            Await.until(() -> parked(engine, "meanwhile"));
        }
        try (SagaEngine next = live.start()) {
            Await.until(() -> parked(next, "meanwhile"));
            assertThat(listed()).doesNotContain("payment.commands");

            // and when
            create("payment.commands", Map.of());

            // then
            Await.until(() -> records("payment.commands") > 0);
        }
    }

    @Test
    void shouldStandStillWhileAnOutputTopicIsMissingAndSayWhich() throws Exception {
        create("lost.events", Map.of());
        LiveEngine live =
                new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS)
                        .with(
                                "writes",
                                new EngineTopics(
                                        "saga.inbox",
                                        "lost.events",
                                        "saga.archive",
                                        "saga.dead-letters"),
                                Map.of());
        try (SagaEngine engine = live.start();
                ObligingParticipants ignored =
                        new ObligingParticipants(broker.bootstrapServers())) {
            // given
            live.trigger("written");
            Await.until(() -> completed(engine, "written"));

            // when
            delete("lost.events");

            // then
            Await.until(() -> names(engine, "lost.events"));
            assertThat(engine.health().works()).isFalse();

            // and when
            live.trigger("unwritten");
            create("lost.events", Map.of());

            // then
            Await.until(() -> engine.health().works());
            Await.until(() -> completed(engine, "unwritten"));
        }
    }

    @Test
    void shouldStopWhenTheInboxIsMadeAnewAndKeepTheOrderOnceItIsAdopted() throws Exception {
        Map<String, String> fit = Map.of("message.timestamp.type", "LogAppendTime");
        create("lost.inbox", fit);
        LiveEngine live =
                new LiveEngine(broker.bootstrapServers(), stateDir, PARTITIONS)
                        .with(
                                "reads",
                                new EngineTopics(
                                        "lost.inbox",
                                        "saga.events",
                                        "saga.archive",
                                        "saga.dead-letters"),
                                Map.of());
        AtomicBoolean here = new AtomicBoolean();
        Definitions late =
                ref -> here.get() ? Optional.of(TestDefinitions.order()) : Optional.empty();
        try (SagaEngine engine = live.start(late)) {
            // given
            live.trigger("known");
            Await.until(() -> kept(engine, "known"));
            Await.until(() -> committed("reads", "lost.inbox") == 1);

            // when
            delete("lost.inbox");
            create("lost.inbox", fit);

            // then
            Await.until(() -> names(engine, "lost.inbox was made anew"));
            assertThat(engine.health().works()).isFalse();
        }
        String newId =
                admin.describeTopics(List.of("lost.inbox"))
                        .allTopicNames()
                        .get()
                        .get("lost.inbox")
                        .topicId()
                        .toString();
        LiveEngine adopting = live.adopting(newId);
        try (SagaEngine engine = adopting.start(late)) {
            // when
            adopting.intervene("known", new InterventionRequest.Pause());
            Await.until(() -> engine.metrics().kept() > 0);
            here.set(true);

            // then
            Await.until(
                    () ->
                            saga(engine, "known")
                                    .filter(it -> it.phase() == Phase.PAUSED)
                                    .isPresent());
        }
    }
}
