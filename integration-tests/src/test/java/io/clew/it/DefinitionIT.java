package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.it.system.Topic;
import io.clew.platform.Part;
import io.clew.validator.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions are applied while everything runs, checked whole, and never change. */
class DefinitionIT {
    private static final String YAML = "application/yaml";

    private final ClewSystem clew = ClewSystem.shared();
    private final String name = "it-" + UUID.randomUUID();

    @Test
    void shouldListEveryFaultWhenADefinitionHasFive() {
        // when
        Rest.Answer answer = put(1, fiveFaults(name));

        // then
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        List<JsonNode> faults = list(answer.body().path("faults"));
        assertThat(faults)
                .as(answer.text())
                .extracting(it -> it.path("line").asInt() + " " + it.path("path").asText())
                .containsExactly(
                        "9 steps[0].action.with.orderId",
                        "12 steps[0].compensation.with.reason",
                        "15 steps[1].timeout",
                        "17 steps[1].action.command",
                        "22 steps[2].step");
        assertThat(faults).noneMatch(it -> it.path("message").asText().isEmpty());
        assertThat(faults).noneMatch(it -> it.path("remedy").asText().isEmpty());
        assertThat(clew.coordinator().get("/definitions/" + name).status()).isEqualTo(404);
    }

    @Test
    void shouldDrawADefinitionAsTextAndAsPicture() {
        // given
        assertThat(put(1, oneStep(name, topicWith(1), "30m")).status()).isEqualTo(201);
        String path = "/definitions/" + name + "/versions/1/diagram";

        // when
        Rest.Answer mermaid = get(path, "text/vnd.mermaid");
        Rest.Answer plain = get(path, "text/plain");
        Rest.Answer svg = get(path, "image/svg+xml");

        // then
        assertThat(mermaid.status()).as(mermaid.text()).isEqualTo(200);
        assertThat(mermaid.text()).contains("flowchart TB", "u_createOrder -.-> t_compensated");
        assertThat(plain.text()).isEqualTo(mermaid.text());
        assertThat(svg.status()).as(svg.text()).isEqualTo(200);
        assertThat(svg.text()).startsWith("<svg ").contains("id=\"n_createOrder\"");
        assertThat(get(path.replace("/1/", "/2/"), "image/svg+xml").status()).isEqualTo(404);
    }

    private Rest.Answer get(String path, String accept) {
        return clew.coordinator().get(path, Map.of("Accept", accept));
    }

    @Test
    void shouldGiveTheAnswerOfTheCommandLine(@TempDir Path directory) throws IOException {
        // given
        Path file = directory.resolve("bad.yaml");
        Files.writeString(file, fiveFaults(name));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        // when
        Rest.Answer rest = clew.coordinator().post("/definitions/validate", fiveFaults(name));
        int status =
                Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        file.toString(),
                        "--registry",
                        clew.registryUrl());

        // then
        assertThat(status).as(err.toString()).isEqualTo(1);
        assertThat(rest.status()).as(rest.text()).isEqualTo(422);
        assertThat(out.toString().lines().filter(it -> !it.startsWith(file + ": ")))
                .containsExactlyElementsOf(
                        list(rest.body().path("faults")).stream()
                                .map(it -> line(file, it))
                                .toList());
    }

    private static String line(Path file, JsonNode fault) {
        return "%s:%d:%d: %s: %s: %s. %s"
                .formatted(
                        file,
                        fault.path("line").asInt(),
                        fault.path("column").asInt(),
                        fault.path("severity").asText(),
                        fault.path("path").asText(),
                        fault.path("message").asText(),
                        fault.path("remedy").asText());
    }

    @Test
    void shouldCheckWhatIsAppliedAgainstTheNewestSchemas() {
        // given
        assertThat(put(1, oneStep(name, topicWith(1), "30m")).status()).isEqualTo(201);

        // when
        Rest.Answer answer = clew.coordinator().post("/definitions/check-schemas", "");

        // then
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(list(answer.body().path("definitions")))
                .as(answer.text())
                .filteredOn(it -> it.path("name").asText().equals(name))
                .hasSize(1)
                .allMatch(it -> it.path("accepted").asBoolean())
                .allMatch(it -> it.path("changed").isEmpty() && it.path("faults").isEmpty());
    }

    @Test
    void shouldRefuseOtherContentWhenTheVersionIsTaken() {
        // given
        String topic = topicWith(1);
        String definition = oneStep(name, topic, "30m");
        assertThat(put(1, definition).status()).isEqualTo(201);

        // when
        Rest.Answer same = put(1, definition);
        Rest.Answer other = put(1, oneStep(name, topic, "31m"));

        // then
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(other.status()).as(other.text()).isEqualTo(409);
    }

    @Test
    void shouldLetOneWinEverywhereWhenTwoCoordinatorsGetDifferentVersionsAtOnce() {
        // given
        String topic = topicWith(1);
        try (Part second = clew.startSecondCoordinator();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            assertThat(second.isAlive()).isTrue();
            for (int i = 0; i < 10; i++) {
                String contested = name + "-" + i;
                List<String> texts =
                        Stream.of("10m", "20m").map(it -> oneStep(contested, topic, it)).toList();
                CyclicBarrier together = new CyclicBarrier(2);

                // when
                List<Future<Rest.Answer>> puts =
                        Stream.of(0, 1)
                                .map(it -> threads.submit(put(it, contested, texts, together)))
                                .toList();
                List<Rest.Answer> answers = puts.stream().map(DefinitionIT::await).toList();

                // then
                assertThat(answers.stream().map(Rest.Answer::status))
                        .containsExactlyInAnyOrder(201, 409);
                shouldBeServedByBoth(contested, texts, answers);
            }
        }
    }

    private Callable<Rest.Answer> put(
            int coordinator, String contested, List<String> texts, CyclicBarrier together) {
        return () -> {
            together.await(30, TimeUnit.SECONDS);
            return clew.coordinator(coordinator)
                    .put("/definitions/" + contested + "/versions/1", YAML, texts.get(coordinator));
        };
    }

    private static Rest.Answer await(Future<Rest.Answer> put) {
        try {
            return put.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void shouldBeServedByBoth(
            String contested, List<String> texts, List<Rest.Answer> answers) {
        int winner = answers.get(0).status() == 201 ? 0 : 1;
        String won = answers.get(winner).body().path("sha256").asText();
        assertThat(won).isNotEmpty();
        for (int i = 0; i < 2; i++) {
            Rest coordinator = clew.coordinator(i);
            Await.until(
                    Duration.ofSeconds(30),
                    () -> {
                        JsonNode served =
                                coordinator.get("/definitions/" + contested + "/versions/1").body();
                        assertThat(served.path("sha256").asText()).isEqualTo(won);
                        assertThat(served.path("source").asText()).isEqualTo(texts.get(winner));
                    });
        }
    }

    @Test
    void shouldStartNoneOfTheOldEventsWhenItIsAppliedToATopicThatHasMany() {
        // given
        String topic = topicWith(10_000);
        try (EventProducer producer = clew.eventProducer()) {

            // when
            assertThat(put(1, oneStep(name, topic, "30m")).status()).isEqualTo(201);
            List<PlacedOrder> fresh = Stream.generate(PlacedOrder::good).limit(4).toList();
            for (int i = 0; i < 4; i++) {
                producer.placeIn(new TopicPartition(topic, i), fresh.get(i));
            }

            // then: what has been read up to these has been read up to the end
            fresh.forEach(it -> clew.sagas().awaitPhase(name + ":" + it.id(), "COMPLETED"));
            assertThat(sagas()).hasSize(4);
            assertThat(starts())
                    .containsExactlyInAnyOrderElementsOf(
                            fresh.stream().map(it -> name + ":" + it.id()).toList());
        }
    }

    /** Saga ids of every start of this definition there ever was. */
    private List<String> starts() {
        return clew.topic().readUncommitted(List.of("saga.inbox")).stream()
                .filter(it -> it.key() != null && it.key().startsWith(name + ":"))
                .filter(it -> "trigger".equals(Topic.header(it, "ce_sagakind")))
                .map(ConsumerRecord::key)
                .toList();
    }

    @Test
    void shouldStartTheOldEventsWhenAskedTo() {
        // given
        String topic = topicWith(20);

        // when
        Rest.Answer answer =
                clew.coordinator()
                        .put(
                                "/definitions/" + name + "/versions/1?from=earliest",
                                YAML,
                                oneStep(name, topic, "30m"));

        // then
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        Await.until(Duration.ofSeconds(30), () -> assertThat(sagas()).hasSize(20));
    }

    /** A topic of its own, so that no order of another test starts what is applied here. */
    private String topicWith(int oldOrders) {
        String topic = name + ".events";
        clew.createTopic(topic, 4);
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(topic, Stream.generate(PlacedOrder::good).limit(oldOrders).toList());
        }
        return topic;
    }

    private List<JsonNode> sagas() {
        Rest.Answer answer = clew.coordinator().get("/sagas?definition=" + name + "&limit=100");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return list(answer.body().path("sagas"));
    }

    private static List<JsonNode> list(JsonNode array) {
        return Stream.iterate(0, it -> it < array.size(), it -> it + 1).map(array::get).toList();
    }

    private Rest.Answer put(int version, String body) {
        return clew.apply(name, version, body);
    }

    private static String oneStep(String name, String topic, String deadline) {
        return """
        saga: %s
        version: 1
        startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
        deadline: %s
        steps:
          - step: createOrder
            participant: order
            action:
              command: io.clew.order.CreateOrder
              with: { orderId: event.orderId, customerId: event.customerId }
            compensation:
              command: io.clew.order.CancelOrder
              with: { orderId: event.orderId, reason: failure.code }
        """
                .formatted(name, topic, deadline);
    }

    /** An unknown field, an unknown command, a required field unset, a bad duration, no undo. */
    private static String fiveFaults(String name) {
        return """
        saga: %s
        version: 1
        startedBy: { topic: order.events, event: io.clew.order.OrderPlaced, key: event.orderId }
        steps:
          - step: createOrder
            participant: order
            action:
              command: io.clew.order.CreateOrder
              with: { orderId: event.ordreId, customerId: event.customerId }
            compensation:
              command: io.clew.order.CancelOrder
              with: { orderId: event.orderId }
          - step: chargePayment
            participant: payment
            timeout: soon
            action:
              command: io.clew.payment.ChargeCard
              with: { orderId: event.orderId }
            compensation:
              command: io.clew.payment.RefundPayment
              with: { orderId: event.orderId }
          - step: bookShipment
            participant: shipping
            action:
              command: io.clew.shipping.BookShipment
              with: { orderId: event.orderId, lines: event.lines, address: event.shippingAddress }
        """
                .formatted(name);
    }
}
