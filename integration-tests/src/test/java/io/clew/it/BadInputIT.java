package io.clew.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.DeadLetter;
import io.clew.it.system.Ledger.Books;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.it.system.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input gets a clear error or a dead letter with cause and origin; the next record goes on.
 * Every bad record stands in the very partition the order that follows goes through.
 */
class BadInputIT {
    private static final byte[] UNKNOWN_SCHEMA = {0, 0x7f, 0x7f, 0x7f, 0x7f, 1, 2, 3};

    private final ClewSystem clew = ClewSystem.shared();
    private final PlacedOrder next = PlacedOrder.good();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order.events",
                "saga.inbox",
                "order.commands",
                "payment.commands",
                "shipping.commands"
            })
    void shouldBecomeADeadLetterWhenARecordIsUnreadable(String topic) {
        // when
        RecordMetadata bad =
                clew.produceRaw(topic, key(topic), "no Avro at all".getBytes(UTF_8), Map.of());

        // then
        shouldBeBuried(bad);
        shouldShip(next);
    }

    /** These are kept for good and read again and again: what is unreadable there is left out. */
    @ParameterizedTest
    @ValueSource(strings = {"saga.events", "saga.definitions"})
    void shouldLeaveOutAnUnreadableRecordOfTheCoordinatorsOwnTopics(String topic) {
        // when
        clew.produceRaw(topic, next.sagaId(), "no Avro at all".getBytes(UTF_8), Map.of());

        // then
        shouldShip(next);
        clew.awaitOrder(next.id(), "CONFIRMED");
        Rest.Answer timeline = clew.coordinator().get("/sagas/" + next.sagaId() + "/timeline");
        assertThat(timeline.text()).contains("SagaCompleted");
        assertThat(timeline.body().path("unreadable").size())
                .as(timeline.text())
                .isEqualTo(topic.equals("saga.events") ? 1 : 0);
        shouldTakeADefinition();
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.events", "order.commands"})
    void shouldBecomeADeadLetterWhenTheSchemaIdIsUnknown(String topic) {
        // when
        RecordMetadata bad = clew.produceRaw(topic, key(topic), UNKNOWN_SCHEMA, Map.of());

        // then
        shouldBeBuried(bad);
        shouldShip(next);
    }

    @Test
    void shouldAnswerAnErrorWhenTheSchemaIdOfACommandIsUnknown() {
        // given: a command whose sender can be told
        PlacedOrder done = PlacedOrder.good();
        shouldShip(done);
        ConsumerRecord<String, byte[]> command =
                clew.topic().readUncommitted(List.of("payment.commands")).stream()
                        .filter(it -> done.sagaId().equals(it.key()))
                        .findFirst()
                        .orElseThrow();
        ProducerRecord<byte[], byte[]> bad =
                new ProducerRecord<>(
                        command.topic(), null, next.sagaId().getBytes(UTF_8), UNKNOWN_SCHEMA);
        command.headers().forEach(bad.headers()::add);

        // when
        clew.produce(bad);

        // then
        Await.until(
                Duration.ofSeconds(30),
                () ->
                        assertThat(repliesOf(done))
                                .anySatisfy(
                                        it -> {
                                            assertThat(Topic.header(it, "ce_sagaoutcome"))
                                                    .isEqualTo("error");
                                            assertThat(Topic.header(it, "ce_sagacode"))
                                                    .isEqualTo("UNREADABLE_COMMAND");
                                        }));
        shouldShip(next);
        assertThat(clew.ledger().of(done.id())).isEqualTo(Books.SHIPPED);
        clew.sagas().awaitPhase(done.sagaId(), "COMPLETED");
    }

    @Test
    void shouldBecomeADeadLetterWhenAReplyNamesAnUnknownSaga() {
        // given: a reply to an order that is yet to come
        Map<String, String> headers =
                Map.of(
                        "ce_sagakind", "reply",
                        "ce_sagaid", next.sagaId(),
                        "ce_sagarun", "1",
                        "ce_sagastep", "createOrder",
                        "ce_sagadirection", "action",
                        "ce_sagaexecution", "1",
                        "ce_sagaattempt", "1",
                        "ce_sagaoutcome", "succeeded");

        // when
        RecordMetadata bad = clew.produceRaw("saga.inbox", next.sagaId(), null, headers);

        // then
        assertThat(shouldBeBuried(bad).cause()).isEqualTo("UNKNOWN_SAGA");
        shouldShip(next);
    }

    @Test
    void shouldBecomeADeadLetterWhenATriggerIsTooLargeForASaga() {
        // given
        PlacedOrder large = PlacedOrder.good().paidWith("x".repeat(700_000));

        // when
        RecordMetadata bad = clew.placeBefore(next, large);

        // then
        assertThat(shouldBeBuried(bad).cause()).isEqualTo("TOO_LARGE");
        shouldShip(next);
        assertThat(clew.sagas().status(large.sagaId()).status()).isEqualTo(404);
    }

    @Test
    void shouldSayWhatIsWrongWhenARequestIsBad() {
        Rest.Answer unknown = clew.coordinator().get("/sagas/order-fulfilment:nobody");
        shouldBeAProblem(unknown, 404);
        shouldBeAProblem(clew.coordinator().get("/sagas?limit=many"), 400);
        shouldBeAProblem(clew.orders().post("/orders", "{\"lines\": []}"), 400);
        shouldBeAProblem(clew.orders().post("/orders", "no JSON"), 400);
        assertThat(clew.orders().post("/orders", "x".repeat(3_000_000)).status()).isEqualTo(413);
        shouldBeAProblem(clew.applyNamed("too-large", "# " + "x".repeat(300_000)), 413);
    }

    private String key(String topic) {
        return topic.equals("order.events") ? next.id() : next.sagaId();
    }

    private DeadLetter shouldBeBuried(RecordMetadata bad) {
        DeadLetter letter = DeadLetter.await(clew, bad);
        letter.shouldHoldAllOf(clew.topic().at(bad));
        letter.shouldBeListedBy(clew.coordinator());
        return letter;
    }

    private List<ConsumerRecord<String, byte[]>> repliesOf(PlacedOrder order) {
        return clew.topic().readUncommitted(List.of("saga.inbox")).stream()
                .filter(it -> order.sagaId().equals(it.key()))
                .filter(it -> "reply".equals(Topic.header(it, "ce_sagakind")))
                .toList();
    }

    private void shouldShip(PlacedOrder order) {
        clew.place(order);
        clew.sagas().awaitPhase(order.sagaId(), "COMPLETED");
    }

    /** A new one: what is known already is answered without a look at the topic. */
    private void shouldTakeADefinition() {
        TillSaga saga = TillSaga.patient(clew);
        try (Till till = new Till(saga)) {
            saga.apply(till);
        }
    }

    private static void shouldBeAProblem(Rest.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.body().path("title").asText()).as(answer.text()).isNotEmpty();
        assertThat(answer.body().path("code").asText()).as(answer.text()).isNotEmpty();
    }
}
