package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.ClewSystem;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A saga is started over HTTP; its business key makes that idempotent. */
class ApiStartIT {
    private static final String PATH = "/sagas";

    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldFindTheSameSagaHoweverOftenItsStartIsRepeated() {
        // given
        PlacedOrder order = PlacedOrder.good();
        Map<String, String> headers =
                Map.of("Idempotency-Key", "call-" + order.id(), "Prefer", "wait=30");

        // when
        Rest.Answer first = clew.coordinator().post(PATH, start(order), headers);
        Rest.Answer repeat = clew.coordinator().post(PATH, start(order), headers);
        Rest.Answer withoutKey = clew.coordinator().post(PATH, start(order));
        Rest.Answer other = clew.coordinator().post(PATH, start(order.to("AT")));

        // then
        assertThat(first.status()).as(first.text()).isIn(200, 202);
        assertThat(repeat.status()).as(repeat.text()).isEqualTo(200);
        assertThat(withoutKey.status()).as(withoutKey.text()).isEqualTo(200);
        assertThat(first.body().path("sagaId").asText()).isEqualTo(order.sagaId());
        assertThat(repeat.body().path("sagaId").asText()).isEqualTo(order.sagaId());
        assertThat(other.status()).as(other.text()).isEqualTo(409);
        assertThat(other.body().path("code").asText()).isEqualTo("KEY_TAKEN");
        clew.sagas().awaitPhase(order.sagaId(), "COMPLETED");
        assertThat(clew.commands().namesOf(order.sagaId()))
                .containsExactly("CreateOrder", "ChargePayment", "BookShipment", "ConfirmOrder");
    }

    /** The end is told before it is committed; the timeline, which is read after it, has it. */
    @Test
    void shouldHaveTheEndInTheTimelineAsSoonAsItIsTold() {
        for (int i = 0; i < 5; i++) {
            // given
            PlacedOrder order = PlacedOrder.good();

            // when
            clew.coordinator().post(PATH, start(order), Map.of("Prefer", "wait=30"));
            List<String> timeline = clew.sagas().timeline(order.sagaId());

            // then
            assertThat(timeline).startsWith("SagaStarted").contains("SagaCompleted");
        }
    }

    private static String start(PlacedOrder order) {
        return """
        {"definition": "order-fulfilment", "event": {
           "totalAmount": 19.90, "placedAt": "2026-01-31T12:00:00Z", %s}
        """
                .formatted(order.json().strip().substring(1));
    }
}
