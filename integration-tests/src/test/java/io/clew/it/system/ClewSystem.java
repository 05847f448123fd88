package io.clew.it.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.language.EditorSchema;
import io.clew.platform.AppProcess;
import io.clew.platform.Infrastructure;
import io.clew.platform.LocalPlatform;
import io.clew.platform.Member;
import io.clew.platform.Part;
import io.clew.platform.PlatformHome;
import io.clew.platform.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The whole system on real parts, one for all tests of a run; stopped when the JVM ends. */
public final class ClewSystem {
    static final String COORDINATOR_GROUP = "clew-coordinator";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LocalPlatform platform;
    private final Topic topic;

    private ClewSystem(LocalPlatform platform) {
        this.platform = platform;
        this.topic = new Topic(platform.kafka().bootstrapServers());
    }

    /** The system all tests share, started at the first call. */
    public static ClewSystem shared() {
        TestInfrastructure.chosen().require();
        return Holder.SHARED;
    }

    private static final class Holder {
        static final ClewSystem SHARED = start();
    }

    private static ClewSystem start() {
        try {
            Path directory = Path.of("target", "system");
            Files.createDirectories(directory);
            LocalPlatform.Builder builder =
                    LocalPlatform.builder(Files.createTempDirectory(directory, "run"))
                            .services(Member.services())
                            .progress(line -> System.out.println("[system] " + line));
            TestInfrastructure.chosen().under(builder);
            LocalPlatform platform = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
            ClewSystem system = new ClewSystem(platform);
            Await.until(
                    LIMIT,
                    () -> {
                        Rest.Answer answer = system.applyOrderFulfilment();
                        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
                    });
            system.makeEveryTable();
            return system;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A service makes its tables with its first command; tests may look into them before. */
    private void makeEveryTable() {
        PlacedOrder order = PlacedOrder.good();
        Rest.Answer placed = orders().post("/orders", order.json());
        assertThat(placed.status()).as(placed.text()).isIn(200, 201, 202);
        sagas().awaitPhase(order.sagaId(), "COMPLETED");
    }

    /** Applies the reference definition; again changes nothing. */
    public Rest.Answer applyOrderFulfilment() {
        return applyNamed("order-fulfilment", orderFulfilment());
    }

    /** Applies version 1 of a definition. */
    public Rest.Answer applyNamed(String name, String text) {
        return apply(name, 1, text);
    }

    /** Applies a definition; editors find nothing wrong in one that is accepted. */
    public Rest.Answer apply(String name, int version, String text) {
        Rest.Answer answer =
                coordinator()
                        .put(
                                "/definitions/" + name + "/versions/" + version,
                                "application/yaml",
                                text);
        if (answer.status() < 300) {
            EditorSchema.shouldAccept(text);
        }
        return answer;
    }

    private static String orderFulfilment() {
        try {
            return Files.readString(
                    PlatformHome.repository()
                            .resolve("order-service/src/main/saga/order-fulfilment.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrap() {
        return platform.kafka().bootstrapServers();
    }

    public String registryUrl() {
        return platform.registry().confluentUrl();
    }

    public Topic topic() {
        return topic;
    }

    public Commands commands() {
        return new Commands(topic);
    }

    public Ledger ledger() {
        return new Ledger(administrator());
    }

    /** Who may look into every schema and make more of them. */
    public Infrastructure.Postgres.Account administrator() {
        return platform.postgres().administrator();
    }

    public EventProducer eventProducer() {
        return new EventProducer(bootstrap(), registryUrl());
    }

    public Rest coordinator() {
        return coordinator(0);
    }

    public Rest coordinator(int index) {
        return new Rest(coordinatorApp(index).url());
    }

    public AppProcess coordinatorApp(int index) {
        return platform.coordinators().get(index);
    }

    /** One more coordinator; running and ready. */
    public AppProcess startSecondCoordinator() {
        AppProcess second =
                platform.coordinators().size() > 1 ? coordinatorApp(1) : platform.addCoordinator();
        second.start();
        return second;
    }

    /** Returns once two coordinators share the partitions. */
    public void awaitBothOwnPartitions() {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap());
        try (Admin admin = Admin.create(config)) {
            Await.until(LIMIT, () -> assertThat(owners(admin)).isEqualTo(2));
        }
    }

    private static long owners(Admin admin) {
        try {
            return admin
                    .describeConsumerGroups(List.of(COORDINATOR_GROUP))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        } catch (ExecutionException notYet) {
            throw new AssertionError(notYet.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Up to which offset the coordinator has processed each partition of its inbox. */
    Map<TopicPartition, Long> processed(String inbox) {
        Map<TopicPartition, Long> processed = new HashMap<>();
        asked(
                        admin ->
                                admin.listConsumerGroupOffsets(COORDINATOR_GROUP)
                                        .partitionsToOffsetAndMetadata())
                .forEach(
                        (partition, offset) -> {
                            if (partition.topic().equals(inbox)) {
                                processed.put(partition, offset.offset());
                            }
                        });
        return processed;
    }

    /** The broker's id of a topic. */
    String topicId(String name) {
        return asked(admin -> admin.describeTopics(List.of(name)).allTopicNames())
                .get(name)
                .topicId()
                .toString();
    }

    private <T> T asked(Function<Admin, KafkaFuture<T>> question) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            return question.apply(admin).get();
        } catch (ExecutionException notNow) {
            throw new AssertionError(notNow.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Sagas sagas() {
        return new Sagas(coordinator());
    }

    public Rest orders() {
        return rest("order");
    }

    /** {@code order}, {@code payment} or {@code shipping}. */
    public Rest rest(String participant) {
        return new Rest(platform.service(member(participant)).url());
    }

    /** {@code order}, {@code payment} or {@code shipping}. */
    public Part service(String participant) {
        return platform.service(member(participant));
    }

    private static Member member(String participant) {
        return switch (participant) {
            case "order" -> Member.ORDER_SERVICE;
            case "payment" -> Member.PAYMENT_SERVICE;
            case "shipping" -> Member.SHIPPING_SERVICE;
            default -> throw new IllegalArgumentException(participant);
        };
    }

    public Part registry() {
        return platform.registry();
    }

    public void createTopic(String name, int partitions) {
        Topics.ensure(bootstrap(), List.of(new Topics.Topic(name, partitions, Map.of())));
    }

    /** Places one order with a plain producer. */
    public void place(PlacedOrder order) {
        try (EventProducer producer = eventProducer()) {
            producer.place(order);
        }
    }

    /** Places an order in the partition that another one's event is going to be in. */
    public RecordMetadata placeBefore(PlacedOrder next, PlacedOrder order) {
        try (EventProducer producer = eventProducer()) {
            return producer.placeUnder(next.id(), order);
        }
    }

    /** Puts bytes on a topic as they are, and says where they stand. */
    public RecordMetadata produceRaw(
            String name, String key, byte @Nullable [] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(name, key.getBytes(UTF_8), value);
        headers.forEach((header, text) -> sent.headers().add(header, text.getBytes(UTF_8)));
        return produce(sent);
    }

    /** Puts a record on its topic as it is, and says where it stands. */
    public RecordMetadata produce(ProducerRecord<byte[], byte[]> sent) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            return EventProducer.await(producer.send(sent));
        }
    }

    /** The order once order-service gives it this business state. */
    public JsonNode awaitOrder(String orderId, String state) {
        return Await.value(
                LIMIT,
                () -> {
                    Rest.Answer answer = orders().get("/orders/" + orderId);
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    assertThat(answer.body().path("status").asText())
                            .as(answer.text())
                            .isEqualTo(state);
                    return answer.body();
                });
    }
}
