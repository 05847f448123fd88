package io.clew.it;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.Till.Habits;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Topic;
import io.clew.participant.CommandDelivery;
import io.clew.participant.ParticipantWorker;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Nobody learns whether the customer was charged; in the end the customer has the money. */
class InDoubtIT {
    private final ClewSystem clew = ClewSystem.shared();
    private final TillSaga saga = TillSaga.hasty(clew);
    private final PlacedOrder order = PlacedOrder.good();

    @Test
    void shouldChargeAndRefundOnceWhenEveryReplyOfTheChargeIsLost() {
        // given
        LostReplies replies = new LostReplies();
        try (Till till = new Till(saga, Habits.PLAIN.replying(replies::before));
                ParticipantWorker worker = start(till)) {

            // when
            saga.place(order);
            JsonNode status = clew.sagas().awaitPhase(saga.sagaId(order), "COMPENSATED");

            // then
            assertThat(worker).isNotNull();
            assertThat(status.path("failure").path("code").asText()).isEqualTo("IN_DOUBT");
            assertThat(till.effects(order.id())).containsExactly("CHARGED", "REFUNDED");
            shouldBeAttemptsOfOneCommand(saga.commands(order, "action"));
            assertThat(replies.lost()).isGreaterThan(1);
            shouldBeAttemptsOfOneCommand(saga.commands(order, "compensation"));
        }
    }

    @Test
    void shouldNeverChargeWhenTheRefundOvertakesTheCharge() throws InterruptedException {
        // given: nobody takes commands but this test, by hand
        try (Till till = new Till(saga);
                CommandDelivery delivery = till.delivery()) {
            saga.apply(till);
            saga.place(order);
            ConsumerRecord<String, byte[]> refund = saga.awaitCommand(order, "compensation");

            // when
            delivery.deliver(List.of(Topic.raw(refund)));
            JsonNode status = clew.sagas().awaitPhase(saga.sagaId(order), "COMPENSATED");
            delivery.deliver(List.of(Topic.raw(saga.awaitCommand(order, "action"))));

            // then
            assertThat(status.path("failure").path("code").asText()).isEqualTo("IN_DOUBT");
            List<ConsumerRecord<String, byte[]>> late = saga.replies(order, "action");
            assertThat(late).hasSize(1);
            assertThat(Topic.header(late.get(0), "ce_sagaoutcome")).isEqualTo("failed");
            assertThat(Topic.header(late.get(0), "ce_sagacode")).isEqualTo("FENCED");
            assertThat(till.effects()).isEmpty();
            clew.sagas().awaitPhase(saga.sagaId(order), "COMPENSATED");
        }
    }

    private ParticipantWorker start(Till till) {
        saga.apply(till);
        return till.work();
    }

    /** However often it was sent: without the attempt's number it is one command. */
    private static void shouldBeAttemptsOfOneCommand(List<ConsumerRecord<String, byte[]>> sent) {
        List<String> ids = sent.stream().map(it -> Topic.header(it, "ce_id")).toList();
        assertThat(ids).isNotEmpty();
        assertThat(ids.stream().map(it -> it.substring(0, it.lastIndexOf('/'))).collect(toSet()))
                .as("identities of %s", ids)
                .hasSize(1);
    }
}
