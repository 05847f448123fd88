package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
        assertThat(faults).as(answer.text()).hasSize(5);
        assertThat(faults).allMatch(it -> it.path("line").asInt() > 0);
        assertThat(faults).noneMatch(it -> it.path("message").asText().isEmpty());
        assertThat(faults).noneMatch(it -> it.path("remedy").asText().isEmpty());
        assertThat(clew.coordinator().get("/definitions/" + name).status()).isEqualTo(404);
    }

    @Test
    void shouldRefuseOtherContentWhenTheVersionIsTaken() {
        // given
        String definition = oneStep(name, "order.events", "30m");
        assertThat(put(1, definition).status()).isEqualTo(201);

        // when
        Rest.Answer same = put(1, definition);
        Rest.Answer other = put(1, oneStep(name, "order.events", "31m"));

        // then
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(other.status()).as(other.text()).isEqualTo(409);
    }

    @Test
    void shouldLetOneWinWhenTwoPutsOfAVersionDiffer() {
        // when
        List<CompletableFuture<Integer>> puts =
                Stream.of("10m", "20m")
                        .map(it -> oneStep(name, "order.events", it))
                        .map(it -> CompletableFuture.supplyAsync(() -> put(1, it).status()))
                        .toList();

        // then
        assertThat(puts.stream().map(CompletableFuture::join).toList())
                .containsExactlyInAnyOrder(201, 409);
    }

    @Test
    void shouldStartNoneOfTheOldEventsWhenItIsAppliedToATopicThatHasMany() {
        // given
        String topic = name + ".events";
        clew.createTopic(topic, 4);
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(topic, Stream.generate(PlacedOrder::good).limit(10_000).toList());

            // when
            assertThat(put(1, oneStep(name, topic, "30m")).status()).isEqualTo(201);
            PlacedOrder fresh = PlacedOrder.good();
            producer.placeOn(topic, List.of(fresh));

            // then
            clew.sagas().awaitPhase(name + ":" + fresh.id(), "COMPLETED");
            assertThat(sagas()).hasSize(1);
        }
    }

    @Test
    void shouldStartTheOldEventsWhenAskedTo() {
        // given
        String topic = name + ".events";
        clew.createTopic(topic, 4);
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(topic, Stream.generate(PlacedOrder::good).limit(20).toList());
        }

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

    private List<JsonNode> sagas() {
        Rest.Answer answer = clew.coordinator().get("/sagas?definition=" + name + "&limit=100");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return list(answer.body().path("sagas"));
    }

    private static List<JsonNode> list(JsonNode array) {
        return Stream.iterate(0, it -> it < array.size(), it -> it + 1).map(array::get).toList();
    }

    private Rest.Answer put(int version, String body) {
        return clew.coordinator().put("/definitions/" + name + "/versions/" + version, YAML, body);
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
