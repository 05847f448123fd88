package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.definitions.BrokerOffsets;
import io.clew.coordinator.definitions.DefinitionPublisher;
import io.clew.coordinator.definitions.MemoryDefinitions;
import io.clew.coordinator.definitions.Parcels;
import io.clew.coordinator.definitions.PutResult;
import io.clew.coordinator.definitions.Rollout;
import io.clew.coordinator.definitions.StartFrom;
import io.clew.platform.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ingress on a real broker; schemas and inbox in memory. */
class IngressBrokerTest {

    /** Most records of one look. */
    private static final int POLLED = 500;

    private static final TopicPartition PARTITION = new TopicPartition(Parcels.TOPIC, 0);

    @TempDir private static Path directory;
    private static KafkaBroker broker;
    private static Map<String, Object> kafka;
    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> events;

    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final MemoryInbox inbox = new MemoryInbox();
    private final String group = "ingress-" + UUID.randomUUID();
    private DefinitionPublisher publisher;
    private Ingress ingress;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = KafkaBroker.start(directory.resolve("kafka"));
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(kafka);
        admin.createTopics(List.of(new NewTopic(Parcels.TOPIC, 1, (short) 1))).all().get();
        events = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        events.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        broker.close();
    }

    @BeforeEach
    void prepare() {
        publisher =
                new DefinitionPublisher(
                        parcels.language(),
                        definitions,
                        definitions,
                        new BrokerOffsets(admin),
                        InstantSource.system());
        ingress = ingress();
    }

    @AfterEach
    void stopIngress() {
        ingress.close();
        events.flush();
    }

    @Test
    void shouldStartNoneOfTheOldEventsUnlessAsked() {
        // given
        for (int i = 0; i < 10_000; i++) {
            publish(Parcels.sent("old-" + i));
        }
        events.flush();

        // when
        apply("fresh", 1, new StartFrom.End());
        ingress.start();
        publish(Parcels.sent("new"));

        // then
        await(() -> inbox.started().contains("fresh:new"));
        assertThat(inbox.started()).containsExactly("fresh:new");

        // when
        apply("whole", 1, new StartFrom.Earliest());

        // then
        await(() -> inbox.started().contains("whole:new"));
        assertThat(inbox.started()).filteredOn(id -> id.startsWith("whole:old-")).hasSize(10_000);
        assertThat(inbox.started()).filteredOn(id -> id.startsWith("fresh:")).hasSize(1);
    }

    @Test
    void shouldGoOnWhereItWasWhenStartedAgain() {
        // given
        apply("parcel", 1, new StartFrom.End());
        ingress.start();
        publish(Parcels.sent("p-1"));
        await(() -> inbox.started().contains("parcel:p-1"));
        ingress.close();
        publish(Parcels.sent("p-2"));

        // when
        ingress = ingress();
        ingress.start();

        // then
        await(() -> inbox.started().contains("parcel:p-2"));
        assertThat(inbox.started()).containsExactly("parcel:p-1", "parcel:p-2");
    }

    @Test
    void shouldCommitSoonAlsoWhenNothingMoreComes() {
        // given
        apply("parcel", 1, new StartFrom.End());
        ingress.start();

        // when
        publish(Parcels.sent("p-1"));
        events.flush();

        // then
        await(() -> committed() == end());
        assertThat(inbox.started()).containsExactly("parcel:p-1");
    }

    @Test
    void shouldStartNothingMoreOnceNoVersionTakesNewSagas() {
        // given
        apply("parcel", 1, new StartFrom.End());
        ingress.start();
        publish(Parcels.sent("p-1"));
        await(() -> inbox.started().contains("parcel:p-1"));

        // when
        definitions.wish(
                "parcel",
                new Rollout.Wish(
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(1),
                        Optional.empty(),
                        new Rollout.Change("op-1", Instant.EPOCH, "ada", "")));
        publish(Parcels.sent("p-2"));

        // then
        await(() -> ingress.untaken() == 1);
        assertThat(inbox.started()).containsExactly("parcel:p-1");
    }

    private long committed() {
        OffsetAndMetadata offset =
                now(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                        .get(PARTITION);
        return offset == null ? -1 : offset.offset();
    }

    private static long end() {
        return now(admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                        .partitionResult(PARTITION))
                .offset();
    }

    private static <T> T now(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("Expected an answer", failed);
        }
    }

    @Test
    void shouldWaitForASchemaAndSayWhichThenGoOn() {
        // given
        apply("parcel", 1, new StartFrom.End());
        parcels.lose(Parcels.SENT_ID);
        ingress.start();
        publish(Parcels.sent("p-1"));
        publish(Parcels.sent("p-2"));
        await(() -> !ingress.status().waiting().isEmpty());
        assertThat(ingress.status().waiting().get(Parcels.TOPIC + "-0"))
                .contains("schema 11 is away");

        // when
        parcels.findAgain();

        // then
        await(() -> inbox.started().size() == 2);
        await(() -> ingress.status().flowing());
        assertThat(inbox.started()).containsExactly("parcel:p-1", "parcel:p-2");
    }

    @Test
    void shouldKeepWhatItCannotReadAndTakeTheNext() {
        // given
        apply("parcel", 1, new StartFrom.End());
        ingress.start();

        // when
        publish(new byte[] {9, 9});
        publish(Parcels.seen("gate 3"));
        publish(Parcels.sent(""));
        publish(Parcels.sent("p-1"));

        // then
        await(() -> inbox.started().contains("parcel:p-1"));
        assertThat(inbox.letters()).containsExactly("UNREADABLE", "UNREADABLE");
    }

    @Test
    void shouldSayThatEventsWereGoneBeforeTheyWereRead() throws Exception {
        // given
        apply("parcel", 1, new StartFrom.End());
        ingress.start();
        publish(Parcels.sent("p-1"));
        await(() -> inbox.started().contains("parcel:p-1"));
        ingress.close();
        publish(Parcels.sent("p-2"));
        long last =
                events.send(new ProducerRecord<>(Parcels.TOPIC, Parcels.sent("p-3")))
                        .get()
                        .offset();
        TopicPartition partition = new TopicPartition(Parcels.TOPIC, 0);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(last))).all().get();

        // when
        ingress = ingress();
        ingress.start();

        // then
        await(() -> inbox.started().contains("parcel:p-3"));
        assertThat(inbox.started()).doesNotContain("parcel:p-2");
        assertThat(ingress.skips()).isEqualTo(1);
        assertThat(ingress.status().skipped().get(partition.toString()))
                .contains("offset " + (last - 1), "events may be lost");
    }

    @Test
    void shouldKeepTheEventWhenTheInboxCannotBeWritten() {
        // given
        apply("parcel", 1, new StartFrom.End());
        inbox.failNext(3);

        // when
        ingress.start();
        publish(Parcels.sent("p-1"));

        // then
        await(() -> inbox.started().contains("parcel:p-1"));
        assertThat(inbox.started()).containsExactly("parcel:p-1");
    }

    @Test
    void shouldHoldBackWhatTheEngineHasNotTaken() {
        // given
        SeenInbox seen = new SeenInbox();
        apply("parcel", 1, new StartFrom.End());
        for (int i = 0; i < 5000; i++) {
            publish(Parcels.sent("p-" + i));
        }
        events.flush();

        // when
        ingress = ingress(seen);
        ingress.start();
        await(() -> ingress.status().held().isPresent());

        // then
        int letIn = inbox.started().size();
        assertThat(letIn).isBetween((int) Admission.FEW, (int) Admission.FEW + POLLED);
        assertThat(ingress.status().held().get()).contains("records wait on the inbox");
        await(() -> seen.asked() > 10);
        assertThat(inbox.started()).hasSize(letIn);

        // when
        await(
                () -> {
                    seen.look(0, 0);
                    return inbox.started().size() == 5000;
                });

        // then
        assertThat(inbox.started()).doesNotHaveDuplicates();
        await(() -> ingress.status().held().isEmpty());
    }

    private Ingress ingress() {
        return ingress(new FreeInbox());
    }

    private Ingress ingress(InboxQueue engine) {
        return Ingress.over(
                kafka,
                group,
                definitions,
                new Ingress.Entrance(
                        parcels,
                        new Stamp(Optional.empty(), Stamp.DEFAULT_MAX_EVENT_BYTES),
                        inbox,
                        new Admission(
                                engine,
                                () -> 0,
                                new Admission.Limits(Duration.ofMillis(250), 1, 1))));
    }

    private void apply(String name, int version, StartFrom from) {
        assertThat(
                        publisher.put(
                                new DefinitionPublisher.Put(
                                        name,
                                        version,
                                        Parcels.source(name, version, "7d"),
                                        from,
                                        Optional.empty(),
                                        true)))
                .isInstanceOf(PutResult.Created.class);
    }

    private static void publish(byte[] value) {
        var unused = events.send(new ProducerRecord<>(Parcels.TOPIC, value));
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
