package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.participant.ParticipantWorker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A saga whose step is a saga, on a real broker. */
class ChildIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ClewSystem clew = ClewSystem.shared();
    private final String participant = "till" + UUID.randomUUID().toString().substring(0, 8);
    private final String name = "it-" + participant;
    private final String child = name + "-child";
    private final String events = name + ".events";

    @Test
    void shouldBeDoneWithItsChildAndFinalTogether() {
        PlacedOrder order = PlacedOrder.good();
        try (Till till = applied(step("inner", "event.paymentToken"), "")) {
            place(order);
            try (ParticipantWorker worker = till.work()) {
                assertThat(worker).isNotNull();

                // when
                JsonNode done = clew.sagas().awaitPhase(id(order), "COMPLETED");

                // then
                assertThat(done.path("done").path(0).path("step").asText()).isEqualTo("booking");
                JsonNode booking = childIn("COMPLETED");
                assertThat(booking.path("parent").path("sagaId").asText()).isEqualTo(id(order));
                assertThat(booking.path("parent").path("step").asText()).isEqualTo("booking");
                assertThat(till.effects(order.id() + "-inner")).containsExactly("CHARGED");
            }
        }
    }

    @Test
    void shouldHandWhatItsChildGivesToTheNextStep() {
        PlacedOrder order = PlacedOrder.good();
        String result =
                """
                result:
                  type: io.clew.payment.PaymentCharged
                  with:
                    paymentId: steps.inner.paymentId + '-given'
                    orderId: event.orderId
                    amount: steps.inner.amount
                    currency: steps.inner.currency
                    chargedAt: steps.inner.chargedAt
                """;
        String given = "p-" + order.id() + "-inner-given";
        try (Till till = announced();
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();
            apply(child, events + ".unused", step("inner", "event.paymentToken") + result);
            apply(name, events, reading(step("outer", "event.paymentToken")));
            place(order);

            // when
            clew.sagas().awaitPhase(id(order), "COMPLETED");

            // then
            assertThat(till.effects(given + "-outer")).containsExactly("CHARGED");
            JsonNode shown = childIn("COMPLETED").path("result");
            assertThat(shown.path("type").asText()).isEqualTo("io.clew.payment.PaymentCharged");
            assertThat(shown.path("value").path("paymentId").asText()).isEqualTo(given);
            assertThat(shown.path("value").path("amount").isNumber()).isTrue();
        }
    }

    /** The parent with a step after the child that reads what the child gives. */
    private String reading(String next) {
        String event = "event: io.clew.order.OrderPlaced\n";
        return parent(next.replace("event.orderId", "steps.booking.paymentId"))
                .replace(event, event + "      result: io.clew.payment.PaymentCharged\n");
    }

    @Test
    void shouldSayWhichChildItWaitsForAndTheChildThatItWaitsForItsParent() {
        PlacedOrder order = PlacedOrder.good();
        String approval =
                """
                  - await: approval
                    signal: io.clew.payment.PaymentCharged
                """;
        try (Till till = applied(step("inner", "event.paymentToken"), approval)) {
            place(order);

            // when
            Await.until(
                    LIMIT,
                    () -> assertThat(current(order).path("child").asText()).startsWith(child));
            String id = current(order).path("child").asText();
            try (ParticipantWorker worker = till.work()) {
                assertThat(worker).isNotNull();
                Await.until(
                        LIMIT,
                        () ->
                                assertThat(status(id).path("waitsFor").path(0).path("what"))
                                        .hasToString("\"parent\""));
                assertThat(status(id).path("phase").asText()).isEqualTo("RUNNING");

                // then
                cancel(order);
                clew.sagas().awaitPhase(id(order), "COMPENSATED");
                clew.sagas().awaitPhase(id, "COMPENSATED");
                assertThat(till.effects(order.id() + "-inner"))
                        .containsExactly("CHARGED", "REFUNDED");
            }
        }
    }

    @Test
    void shouldBeRefusedAsItsChildWas() {
        PlacedOrder declined = PlacedOrder.good().paidWith(Till.DECLINED);
        String steps = step("first", "\"'tok_visa'\"") + step("inner", "event.paymentToken");
        try (Till till = applied(steps, "");
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();
            place(declined);

            // when
            JsonNode status = clew.sagas().awaitPhase(id(declined), "COMPENSATED");

            // then
            assertThat(status.path("failure").path("code").asText()).isEqualTo("CARD_DECLINED");
            childIn("COMPENSATED");
            assertThat(till.effects(declined.id() + "-first"))
                    .containsExactly("CHARGED", "REFUNDED");
        }
    }

    @Test
    void shouldTryAgainUntilTheChildsDefinitionIsThere() {
        PlacedOrder order = PlacedOrder.good();
        try (Till till = announced();
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();
            apply(name, events, parent(""));
            place(order);
            Await.until(
                    LIMIT,
                    () ->
                            assertThat(current(order).path("lastError").path("code").asText())
                                    .isEqualTo("NO_SUCH_DEFINITION"));

            // when
            apply(child, events + ".unused", step("inner", "event.paymentToken"));

            // then
            clew.sagas().awaitPhase(id(order), "COMPLETED");
        }
    }

    private Till announced() {
        Till till = new Till(new TillSaga(clew, participant, ""));
        till.announce(events, events + ".unused");
        till.registerOrders("saga.commands");
        return till;
    }

    private Till applied(String childSteps, String further) {
        Till till = announced();
        apply(child, events + ".unused", childSteps);
        apply(name, events, parent(further));
        return till;
    }

    private String parent(String further) {
        return """
          - saga: booking
            retry: { attempts: 1000, backoff: 1s, max: 1s }
            start:
              definition: %s
        %s
        %s
        """
                .formatted(child, TillSteps.PASSED_ON, further);
    }

    private void apply(String definition, String topic, String steps) {
        String yaml =
                """
                saga: %s
                version: 1
                startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
                steps:
                %s
                """
                        .formatted(definition, topic, steps);
        Rest.Answer answer = clew.applyNamed(definition, yaml);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private String step(String step, String token) {
        return """
          - step: %1$s
            participant: %2$s
            action:
              command: io.clew.payment.ChargePayment
              result: io.clew.payment.PaymentCharged
              with: { orderId: "event.orderId + '-%1$s'", amount: event.totalAmount, token: %3$s }
            compensation:
              command: io.clew.payment.RefundPayment
              with: { orderId: "event.orderId + '-%1$s'" }
        """
                .formatted(step, participant, token);
    }

    private String id(PlacedOrder placed) {
        return name + ":" + placed.id();
    }

    private void place(PlacedOrder placed) {
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(events, List.of(placed));
        }
    }

    private JsonNode status(String id) {
        return clew.sagas().status(id).body();
    }

    private JsonNode current(PlacedOrder placed) {
        return status(id(placed)).path("currentSteps").path(0);
    }

    private JsonNode childIn(String phase) {
        String list = "/sagas?definition=" + child;
        Await.until(
                LIMIT,
                () ->
                        assertThat(clew.coordinator().get(list).body().path("sagas"))
                                .as(phase)
                                .hasSize(1));
        String id =
                clew.coordinator().get(list).body().path("sagas").path(0).path("sagaId").asText();
        return clew.sagas().awaitPhase(id, phase);
    }

    private void cancel(PlacedOrder placed) {
        String body = "{\"intervention\": \"cancel\"}";
        Rest.Answer answer =
                clew.coordinator().post("/sagas/" + id(placed) + "/interventions?wait", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
