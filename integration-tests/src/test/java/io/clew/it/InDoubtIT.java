package io.clew.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.it.system.Topic;
import io.clew.participant.CommandDelivery;
import io.clew.participant.ParticipantWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Nobody learns whether the customer was charged; in the end the customer has the money. */
class InDoubtIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ClewSystem clew = ClewSystem.shared();
    private final String participant = "doubt" + UUID.randomUUID().toString().substring(0, 8);
    private final String definition = "it-" + participant;
    private final PlacedOrder order = PlacedOrder.good();
    private final String saga = definition + ":" + order.id();

    @Test
    void shouldChargeAndRefundOnceWhenEveryReplyOfTheChargeIsLost() {
        // given
        LostReplies replies = new LostReplies();
        try (Till till = new Till(clew, participant, replies::before);
                ParticipantWorker worker = start(till)) {

            // when
            place();
            JsonNode status = clew.sagas().awaitPhase(saga, "COMPENSATED");

            // then
            assertThat(worker).isNotNull();
            assertThat(status.path("failure").path("code").asText()).isEqualTo("IN_DOUBT");
            assertThat(till.effects(order.id())).containsExactly("CHARGED", "REFUNDED");
            shouldBeAttemptsOfOneCommand(commands("action"));
            assertThat(replies.lost()).isGreaterThan(1);
            shouldBeAttemptsOfOneCommand(commands("compensation"));
        }
    }

    @Test
    void shouldNeverChargeWhenTheRefundOvertakesTheCharge() throws InterruptedException {
        // given: nobody takes commands but this test, by hand
        try (Till till = new Till(clew, participant, UnaryOperator.identity());
                CommandDelivery delivery = till.delivery()) {
            apply(till);
            place();
            ConsumerRecord<String, byte[]> refund = Await.value(LIMIT, () -> first("compensation"));

            // when
            delivery.deliver(List.of(raw(refund)));
            JsonNode status = clew.sagas().awaitPhase(saga, "COMPENSATED");
            delivery.deliver(List.of(raw(first("action"))));

            // then
            assertThat(status.path("failure").path("code").asText()).isEqualTo("IN_DOUBT");
            ConsumerRecord<String, byte[]> late = Await.value(LIMIT, this::replyToTheCharge);
            assertThat(Topic.header(late, "ce_sagaoutcome")).isEqualTo("failed");
            assertThat(Topic.header(late, "ce_sagacode")).isEqualTo("FENCED");
            assertThat(till.effects(order.id())).isEmpty();
            clew.sagas().awaitPhase(saga, "COMPENSATED");
        }
    }

    private ParticipantWorker start(Till till) {
        apply(till);
        return till.work();
    }

    private void apply(Till till) {
        till.announce(definition + ".events");
        Rest.Answer answer =
                clew.coordinator()
                        .put(
                                "/definitions/" + definition + "/versions/1",
                                "application/yaml",
                                yaml());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private void place() {
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(definition + ".events", List.of(order));
        }
    }

    /** However often it was sent: without the attempt's number it is one command. */
    private static void shouldBeAttemptsOfOneCommand(List<ConsumerRecord<String, byte[]>> sent) {
        List<String> ids = sent.stream().map(it -> Topic.header(it, "ce_id")).toList();
        assertThat(ids).isNotEmpty();
        assertThat(ids.stream().map(it -> it.substring(0, it.lastIndexOf('/'))).collect(toSet()))
                .as("identities of %s", ids)
                .hasSize(1);
    }

    private ConsumerRecord<String, byte[]> first(String direction) {
        return commands(direction).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + direction + " of " + saga));
    }

    private List<ConsumerRecord<String, byte[]>> commands(String direction) {
        return clew.topic().readUncommitted(List.of(participant + ".commands")).stream()
                .filter(it -> direction.equals(Topic.header(it, "ce_sagadirection")))
                .toList();
    }

    private ConsumerRecord<String, byte[]> replyToTheCharge() {
        Optional<ConsumerRecord<String, byte[]>> reply =
                clew.topic().readUncommitted(List.of("saga.inbox")).stream()
                        .filter(it -> saga.equals(Topic.header(it, "ce_sagaid")))
                        .filter(it -> "reply".equals(Topic.header(it, "ce_sagakind")))
                        .filter(it -> "chargePayment".equals(Topic.header(it, "ce_sagastep")))
                        .filter(it -> "action".equals(Topic.header(it, "ce_sagadirection")))
                        .findFirst();
        return reply.orElseThrow(() -> new AssertionError("no reply to the charge of " + saga));
    }

    /** The record as a worker gets it. */
    private static ConsumerRecord<byte[], byte[]> raw(ConsumerRecord<String, byte[]> read) {
        return new ConsumerRecord<>(
                read.topic(),
                read.partition(),
                read.offset(),
                read.timestamp(),
                TimestampType.CREATE_TIME,
                read.serializedKeySize(),
                read.serializedValueSize(),
                read.key().getBytes(UTF_8),
                read.value(),
                read.headers(),
                read.leaderEpoch());
    }

    private String yaml() {
        return """
        saga: %s
        version: 1
        startedBy: { topic: %s.events, event: io.clew.order.OrderPlaced, key: event.orderId }
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
            timeout: 1s
            giveUpAfter: 3s
        """
                .formatted(definition, definition, participant);
    }
}
