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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every node of the language on a real broker: done, refused, timed out and taken back. */
class NodesIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ClewSystem clew = ClewSystem.shared();
    private final String participant = "till" + UUID.randomUUID().toString().substring(0, 8);
    private final TillSteps tillSteps = new TillSteps(participant);
    private final String name = "it-" + participant;
    private final String events = name + ".events";
    private final String shipped = name + ".shipped";
    private final PlacedOrder order = PlacedOrder.good();

    @Test
    void shouldDoBranchesSideBySideAndTakeThemBackInReverse() {
        String steps =
                """
                  - parallel:
                      goods: { steps: [%s] }
                      papers: { steps: [%s] }
                %s
                """
                        .formatted(tillSteps.charge("goodsIn"), tillSteps.charge("labels"), last());
        try (Till till = applied(steps);
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();

            // when
            JsonNode done = runs(order, "COMPLETED");
            PlacedOrder declined = PlacedOrder.good().paidWith(Till.DECLINED);
            JsonNode undone = runs(declined, "COMPENSATED");

            // then
            assertThat(names(done.path("done"))).containsExactly("goodsIn", "labels", "last");
            assertThat(names(undone.path("undone"))).containsExactly("labels", "goodsIn");
            assertThat(till.effects(declined.id() + "-goodsIn"))
                    .containsExactly("CHARGED", "REFUNDED");
            assertThat(till.effects(order.id() + "-labels")).containsExactly("CHARGED");
        }
    }

    @Test
    void shouldTakeTheArmThatHoldsAndGoThroughEachItem() {
        String steps =
                """
                  - choice:
                      dear: { when: "event.totalAmount > decimal('1000')", steps: [%s] }
                      else: { steps: [%s] }
                  - forEach:
                      in: event.lines
                      as: line
                      steps:
                        - step: perLine
                          participant: %s
                          action:
                            command: io.clew.payment.ChargePayment
                            with:
                              orderId: "event.orderId + '-' + line.sku"
                              amount: event.totalAmount
                              token: event.paymentToken
                          compensation:
                            command: io.clew.payment.RefundPayment
                            with: { orderId: "event.orderId + '-' + line.sku" }
                """
                        .formatted(
                                tillSteps.charge("escrow"), tillSteps.charge("plain"), participant);
        try (Till till = applied(steps);
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();

            // when
            JsonNode done = runs(order, "COMPLETED");

            // then
            assertThat(names(done.path("done"))).containsExactly("plain", "perLine[0]");
            assertThat(till.effects(order.id() + "-sku-unlimited")).containsExactly("CHARGED");
            assertThat(till.effects(order.id() + "-escrow")).isEmpty();
        }
    }

    @Test
    void shouldGoOnWhenTheAwaitedEventComesEarlyInTimeOrTwice() {
        try (Till till = applied(awaiting("1h"));
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();

            // when
            PlacedOrder early = PlacedOrder.good();
            publish(shipped, early);
            place(order);
            awaitsArrival(order);
            publish(shipped, order);
            publish(shipped, order);
            place(early);

            // then
            clew.sagas().awaitPhase(id(order), "COMPLETED");
            clew.sagas().awaitPhase(id(early), "COMPLETED");
            assertThat(clew.sagas().timeline(id(early))).contains("ArrivalHeld", "ArrivalTaken");
        }
    }

    @Test
    void shouldTakeBackWhatWasDoneWhenTheAwaitedEventDoesNotComeAndTheEventWhenItComesLate() {
        try (Till till = applied(awaiting("1s"))) {
            place(order);
            try (ParticipantWorker worker = till.work()) {
                assertThat(worker).isNotNull();
                Await.until(
                        LIMIT,
                        () ->
                                assertThat(till.effects(order.id() + "-before"))
                                        .containsExactly("CHARGED"));
            }
            clew.sagas().awaitPhase(id(order), "COMPENSATING");

            // when
            publish(shipped, order);
            Await.until(
                    LIMIT,
                    () -> assertThat(clew.sagas().timeline(id(order))).contains("LateSuccess"));
            try (ParticipantWorker worker = till.work()) {
                assertThat(worker).isNotNull();

                // then
                JsonNode status = clew.sagas().awaitPhase(id(order), "COMPENSATED");
                assertThat(names(status.path("undone"))).contains("shipment", "before");
                assertThat(status.path("failure").path("code").asText()).isEqualTo("TIMED_OUT");
            }
        }
    }

    @Test
    void shouldTakeASignalOverRestAndRefuseOneThatDoesNotFit() {
        String steps =
                """
                  - await: approval
                    signal: io.clew.payment.PaymentCharged
                %s
                """
                        .formatted(last());
        try (Till till = applied(steps);
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();
            place(order);
            awaitsArrival(order);
            String path = "/sagas/" + id(order) + "/signals/";

            // when
            Rest.Answer unknown = clew.coordinator().post(path + "blessing", "{}");
            Rest.Answer bad = clew.coordinator().post(path + "approval", "{\"orderId\": 7}");
            String approval =
                    """
                    {"paymentId": "p", "orderId": "%s", "amount": 1.00, "currency": "EUR",
                     "chargedAt": "2026-01-01T00:00:00Z"}
                    """
                            .formatted(order.id());
            Map<String, String> key = Map.of("Idempotency-Key", "approval-1");
            Rest.Answer good = clew.coordinator().post(path + "approval?wait", approval, key);
            Rest.Answer again = clew.coordinator().post(path + "approval?wait", approval, key);

            // then
            assertThat(unknown.body().path("code").asText()).isEqualTo("NO_SUCH_SIGNAL");
            assertThat(bad.status()).as(bad.text()).isEqualTo(422);
            assertThat(good.status()).as(good.text()).isEqualTo(200);
            assertThat(again.status()).as(again.text()).isIn(200, 409);
            clew.sagas().awaitPhase(id(order), "COMPLETED");
        }
    }

    @Test
    void shouldWaitForATime() {
        String steps =
                """
                  - delay: coolingOff
                    for: 2s
                %s
                """
                        .formatted(last());
        try (Till till = applied(steps);
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();
            place(order);

            // when
            waitsFor(order, "time");

            // then
            clew.sagas().awaitPhase(id(order), "COMPLETED");
        }
    }

    @Test
    void shouldGoBackToASavepointAndForwardAgain() {
        String rollback = "onFailure: { CARD_DECLINED: { rollbackTo: booked, max: 1 } }, ";
        String steps =
                """
                %s
                  - savepoint: booked
                %s
                %s
                """
                        .formatted(
                                item(tillSteps.charge("before")),
                                item(tillSteps.charge("again")),
                                item(new TillSteps(participant, rollback).last()));
        try (Till till = applied(steps);
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();

            // when
            PlacedOrder declined = PlacedOrder.good().paidWith(Till.DECLINED);
            runs(declined, "COMPENSATED");

            // then
            assertThat(till.effects(declined.id() + "-before"))
                    .containsExactly("CHARGED", "REFUNDED");
            assertThat(till.effects(declined.id() + "-again"))
                    .containsExactly("CHARGED", "REFUNDED", "CHARGED", "REFUNDED");
        }
    }

    @Test
    void shouldHoldRewindAndGoOnAsOperatorsAsk() {
        String steps = item(tillSteps.charge("first")) + "\n" + last();
        try (Till till = applied(steps)) {
            place(order);
            waitsFor(order, "reply");

            // when
            Rest.Answer held = intervene("{\"intervention\": \"hold\"}");
            try (ParticipantWorker worker = till.work()) {
                assertThat(worker).isNotNull();
                JsonNode status = clew.sagas().awaitPhase(id(order), "HELD");
                Rest.Answer rewound =
                        intervene("{\"intervention\": \"rewind\", \"to\": \"first\"}");

                // then
                assertThat(held.status()).as(held.text()).isEqualTo(200);
                assertThat(status.path("incident").path("code").asText())
                        .isEqualTo("HELD_BY_OPERATOR");
                assertThat(rewound.status()).as(rewound.text()).isEqualTo(200);
                clew.sagas().awaitPhase(id(order), "COMPLETED");
                assertThat(till.effects(order.id() + "-first"))
                        .containsExactly("CHARGED", "REFUNDED", "CHARGED");
            }
        }
    }

    @Test
    void shouldTrackAChoreographyThatCommandsNobody() {
        String steps =
                """
                  - await: shipment
                    topic: %s
                    event: io.clew.order.OrderPlaced
                    key: received.orderId
                    timeout: 1h
                """
                        .formatted(shipped);
        try (Till till = applied(steps)) {
            assertThat(till).isNotNull();
            place(order);
            awaitsArrival(order);

            // when
            publish(shipped, order);

            // then
            clew.sagas().awaitPhase(id(order), "COMPLETED");
        }
    }

    private Till applied(String steps) {
        Till till = new Till(new TillSaga(clew, participant, ""));
        till.announce(events, shipped);
        String yaml =
                """
                saga: %s
                version: 1
                startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
                steps:
                %s
                """
                        .formatted(name, events, steps);
        Rest.Answer answer = clew.applyNamed(name, yaml);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return till;
    }

    private String awaiting(String timeout) {
        return """
        %s
          - await: shipment
            topic: %s
            event: io.clew.order.OrderPlaced
            key: received.orderId
            match: received.totalAmount == event.totalAmount
            timeout: %s
            compensation:
              participant: %s
              command: io.clew.payment.RefundPayment
              with: { orderId: "event.orderId + '-shipment'" }
        """
                .formatted(item(tillSteps.charge("before")), shipped, timeout, participant);
    }

    private String last() {
        return item(tillSteps.last());
    }

    private static String item(String step) {
        return "  - " + step;
    }

    private String id(PlacedOrder placed) {
        return name + ":" + placed.id();
    }

    private JsonNode runs(PlacedOrder placed, String phase) {
        place(placed);
        return clew.sagas().awaitPhase(id(placed), phase);
    }

    private void place(PlacedOrder placed) {
        publish(events, placed);
    }

    private void publish(String topic, PlacedOrder placed) {
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(topic, List.of(placed));
        }
    }

    private void awaitsArrival(PlacedOrder placed) {
        waitsFor(placed, "arrival");
    }

    private void waitsFor(PlacedOrder placed, String what) {
        Await.until(
                LIMIT, () -> assertThat(waitsFor(placed).path("what").asText()).isEqualTo(what));
    }

    private JsonNode waitsFor(PlacedOrder placed) {
        return clew.sagas().status(id(placed)).body().path("waitsFor").path(0);
    }

    private Rest.Answer intervene(String body) {
        return clew.coordinator().post("/sagas/" + id(order) + "/interventions?wait", body);
    }

    private static List<String> names(JsonNode steps) {
        List<String> names = new ArrayList<>();
        steps.forEach(it -> names.add(it.path("step").asText()));
        return names;
    }
}
