package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.it.system.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A saga of two steps with a participant of its own, a {@link Till}: what happens twice there is
 * written down twice, which the reference services would hide.
 *
 * @param participant name of the till
 * @param silence {@code timeout} and {@code giveUpAfter} of the till's step
 */
record TillSaga(ClewSystem clew, String participant, String silence) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Waits for the till however long it takes. */
    static TillSaga patient(ClewSystem clew) {
        return new TillSaga(clew, name(), "timeout: 10s");
    }

    /** Sends again after a second; gives up, in doubt, after three. */
    static TillSaga hasty(ClewSystem clew) {
        return new TillSaga(clew, name(), "timeout: 1s\n    giveUpAfter: 3s");
    }

    private static String name() {
        return "till" + UUID.randomUUID().toString().substring(0, 8);
    }

    String definition() {
        return "it-" + participant;
    }

    /** What is published here starts it. */
    String events() {
        return definition() + ".events";
    }

    String commandTopic() {
        return participant + ".commands";
    }

    String sagaId(PlacedOrder order) {
        return definition() + ":" + order.id();
    }

    /** Makes its topics, registers the till's schemas and applies the definition. */
    TillSaga apply(Till till) {
        till.announce(events());
        Rest.Answer answer = clew.applyNamed(definition(), yaml());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return this;
    }

    void place(PlacedOrder... orders) {
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(events(), List.of(orders));
        }
    }

    /** The commands the till got about an order, those of aborted transactions too. */
    List<ConsumerRecord<String, byte[]>> commands(PlacedOrder order, String direction) {
        return clew.topic().readUncommitted(List.of(commandTopic())).stream()
                .filter(it -> sagaId(order).equals(it.key()))
                .filter(it -> direction.equals(Topic.header(it, "ce_sagadirection")))
                .toList();
    }

    /** The first of them, as soon as it is there. */
    ConsumerRecord<String, byte[]> awaitCommand(PlacedOrder order, String direction) {
        return Await.value(
                LIMIT,
                () ->
                        commands(order, direction).stream()
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new AssertionError(
                                                        "no " + direction + " of " + order)));
    }

    /** What the till has answered to the action or the compensation of an order. */
    List<ConsumerRecord<String, byte[]>> replies(PlacedOrder order, String direction) {
        return clew.topic().readUncommitted(List.of("saga.inbox")).stream()
                .filter(it -> sagaId(order).equals(Topic.header(it, "ce_sagaid")))
                .filter(it -> "reply".equals(Topic.header(it, "ce_sagakind")))
                .filter(it -> "chargePayment".equals(Topic.header(it, "ce_sagastep")))
                .filter(it -> direction.equals(Topic.header(it, "ce_sagadirection")))
                .toList();
    }

    private String yaml() {
        return """
        saga: %s
        version: 1
        startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
        steps:
          - step: createOrder
            participant: order
            action:
              command: io.clew.order.CreateOrder
              with: { orderId: event.orderId, customerId: event.customerId }
            compensation:
              command: io.clew.order.CancelOrder
              with: { orderId: event.orderId, reason: failure.code }
          - step: chargePayment
            participant: %s
            action:
              command: io.clew.payment.ChargePayment
              result: io.clew.payment.PaymentCharged
              with: { orderId: event.orderId, amount: event.totalAmount, token: event.paymentToken }
            compensation:
              command: io.clew.payment.RefundPayment
              with: { orderId: event.orderId, paymentId: "steps.chargePayment.?paymentId" }
            %s
        """
                .formatted(definition(), events(), participant, silence);
    }
}
