package io.clew.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.it.system.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a clear error or a dead letter with cause and origin; the next record goes on. */
class BadInputIT {
    private final ClewSystem clew = ClewSystem.shared();

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
        // given
        String key = "order-fulfilment:bad-" + UUID.randomUUID();

        // when
        clew.produceRaw(topic, key, "no Avro at all".getBytes(UTF_8), Map.of());

        // then
        shouldBeBuried(topic, key);
        shouldStillShip();
    }

    /** These are kept for good and read again and again: what is unreadable there is left out. */
    @ParameterizedTest
    @ValueSource(strings = {"saga.events", "saga.definitions"})
    void shouldLeaveOutAnUnreadableRecordOfTheCoordinatorsOwnTopics(String topic) {
        // given
        PlacedOrder next = PlacedOrder.good();

        // when
        clew.produceRaw(topic, next.sagaId(), "no Avro at all".getBytes(UTF_8), Map.of());
        clew.place(next);

        // then
        clew.awaitOrder(next.id(), "CONFIRMED");
        assertThat(clew.applyOrderFulfilment().status()).isEqualTo(200);
        Rest.Answer timeline = clew.coordinator().get("/sagas/" + next.sagaId() + "/timeline");
        assertThat(timeline.status()).as(timeline.text()).isEqualTo(200);
        assertThat(timeline.body().path("entries").size()).as(timeline.text()).isPositive();
        assertThat(timeline.body().path("unreadable").size())
                .as(timeline.text())
                .isEqualTo(topic.equals("saga.events") ? 1 : 0);
    }

    @Test
    void shouldBecomeADeadLetterWhenTheSchemaIdIsUnknown() {
        // given
        String key = "unknown-schema-" + UUID.randomUUID();
        byte[] value = {0, 0x7f, 0x7f, 0x7f, 0x7f, 1, 2, 3};

        // when
        clew.produceRaw("order.events", key, value, Map.of());

        // then
        shouldBeBuried("order.events", key);
        shouldStillShip();
    }

    @Test
    void shouldBecomeADeadLetterWhenAReplyNamesAnUnknownSaga() {
        // given
        String saga = "order-fulfilment:never-" + UUID.randomUUID();
        Map<String, String> headers =
                Map.of(
                        "ce_sagakind", "reply",
                        "ce_sagaid", saga,
                        "ce_sagarun", "1",
                        "ce_sagastep", "createOrder",
                        "ce_sagadirection", "action",
                        "ce_sagaexecution", "1",
                        "ce_sagaattempt", "1",
                        "ce_sagaoutcome", "succeeded");

        // when
        clew.produceRaw("saga.inbox", saga, null, headers);

        // then
        assertThat(Topic.header(shouldBeBuried("saga.inbox", saga), "clew_dlt_cause"))
                .isEqualTo("UNKNOWN_SAGA");
        shouldStillShip();
    }

    @Test
    void shouldSayWhatIsWrongWhenARequestIsBad() {
        Rest.Answer unknown = clew.coordinator().get("/sagas/order-fulfilment:nobody");
        shouldBeAProblem(unknown, 404);
        shouldBeAProblem(clew.coordinator().get("/sagas?limit=many"), 400);
        shouldBeAProblem(clew.orders().post("/orders", "{\"lines\": []}"), 400);
        shouldBeAProblem(clew.orders().post("/orders", "no JSON"), 400);
        assertThat(clew.orders().post("/orders", "x".repeat(3_000_000)).status()).isEqualTo(413);
    }

    @Test
    void shouldBecomeADeadLetterWhenATriggerIsTooLargeForASaga() {
        // given
        PlacedOrder order = PlacedOrder.good().paidWith("x".repeat(700_000));

        // when
        clew.place(order);

        // then
        ConsumerRecord<String, byte[]> letter = shouldBeBuried("order.events", order.id());
        assertThat(Topic.header(letter, "clew_dlt_cause")).isEqualTo("TOO_LARGE");
        shouldStillShip();
    }

    private ConsumerRecord<String, byte[]> shouldBeBuried(String topic, String key) {
        return Await.value(
                Duration.ofSeconds(30),
                () -> {
                    ConsumerRecord<String, byte[]> letter =
                            clew.topic().readCommitted(List.of("saga.dead-letters")).stream()
                                    .filter(it -> key.equals(it.key()))
                                    .findFirst()
                                    .orElseThrow(() -> new AssertionError("no letter of " + key));
                    assertThat(Topic.header(letter, "clew_dlt_topic")).isEqualTo(topic);
                    assertThat(Topic.header(letter, "clew_dlt_offset")).isNotEmpty();
                    assertThat(Topic.header(letter, "clew_dlt_cause")).isNotEmpty();
                    assertThat(Topic.header(letter, "clew_dlt_reason")).isNotEmpty();
                    return letter;
                });
    }

    private void shouldStillShip() {
        PlacedOrder next = PlacedOrder.good();
        clew.place(next);
        clew.sagas().awaitPhase(next.sagaId(), "COMPLETED");
    }

    private static void shouldBeAProblem(Rest.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.body().path("title").asText()).as(answer.text()).isNotEmpty();
        assertThat(answer.body().path("code").asText()).as(answer.text()).isNotEmpty();
    }
}
