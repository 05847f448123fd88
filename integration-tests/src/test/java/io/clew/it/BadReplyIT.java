package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.DeadLetter;
import io.clew.it.system.EvolvedSchema;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.PlainReply;
import io.clew.it.system.Rest;
import io.clew.participant.ParticipantWorker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** A participant of foreign make answers what nobody can use; its saga says so, others go on. */
class BadReplyIT {
    private static final byte[] UNKNOWN_SCHEMA = {0, 0x7f, 0x7f, 0x7f, 0x7f, 1, 2, 3};

    private final ClewSystem clew = ClewSystem.shared();
    private final TillSaga saga = TillSaga.patient(clew);
    private final PlacedOrder order = PlacedOrder.good();

    @Test
    void shouldBecomeADeadLetterAndTheSagaWaitsForABetterOne() {
        // given
        try (Till till = new Till(saga)) {
            ConsumerRecord<String, byte[]> command = outstanding(till);

            // when
            RecordMetadata bad = clew.produce(PlainReply.succeeded(UNKNOWN_SCHEMA).to(command));

            // then
            DeadLetter letter = DeadLetter.await(clew, bad);
            assertThat(letter.cause()).isEqualTo("UNKNOWN_SCHEMA");
            letter.shouldHoldAllOf(clew.topic().at(bad));
            letter.shouldBeListedBy(clew.coordinator());
            try (ParticipantWorker worker = till.work()) {
                clew.sagas().awaitPhase(saga.sagaId(order), "COMPLETED");
                assertThat(worker).isNotNull();
            }
            assertThat(till.effects(order.id())).containsExactly("CHARGED");
        }
    }

    @Test
    void shouldTakeAResultOf900KilobytesAndGoOn() {
        // given
        try (Till till = new Till(saga)) {
            ConsumerRecord<String, byte[]> command = outstanding(till);

            // when
            RecordMetadata large = clew.produce(charged(till, 900_000).to(command));

            // then
            clew.sagas().awaitPhase(saga.sagaId(order), "COMPLETED");
            shouldShipBehind(large);
        }
    }

    @Test
    void shouldRaiseAnIncidentWhenAResultIsTooLargeToBeWritten() {
        // given
        try (Till till = new Till(saga)) {
            ConsumerRecord<String, byte[]> command = outstanding(till);

            // when
            RecordMetadata large = clew.produce(charged(till, 1_030_000).to(command));

            // then
            JsonNode status =
                    Await.value(
                            Duration.ofSeconds(30),
                            () -> {
                                Rest.Answer answer = clew.sagas().status(saga.sagaId(order));
                                assertThat(answer.body().has("incident"))
                                        .as(answer.text())
                                        .isTrue();
                                return answer.body();
                            });
            assertThat(status.path("incident").path("reason").asText())
                    .contains("reply", "bytes", "" + large.offset());
            shouldShipBehind(large);
            clew.coordinator()
                    .post(
                            "/sagas/" + saga.sagaId(order) + "/interventions?wait",
                            "{\"intervention\": \"abandon\"}");
            clew.sagas().awaitPhase(saga.sagaId(order), "ABANDONED");
        }
    }

    private ConsumerRecord<String, byte[]> outstanding(Till till) {
        saga.apply(till);
        saga.place(order);
        return saga.awaitCommand(order, "action");
    }

    /** A charge whose id is this long. */
    private PlainReply charged(Till till, int length) {
        return PlainReply.succeeded(
                EvolvedSchema.frame(
                                till.resultSchemaId(),
                                Till.charged(
                                        "x".repeat(length / 2),
                                        new BigDecimal("2.00"),
                                        Instant.now()))
                        .toByteArray());
    }

    /** An order that goes through the same partition of the inbox. */
    private void shouldShipBehind(RecordMetadata before) {
        PlacedOrder next =
                PlacedOrder.goodWithSaga(clew.topic().goesTo(before.topic(), before.partition()));
        clew.place(next);
        clew.sagas().awaitPhase(next.sagaId(), "COMPLETED");
    }
}
