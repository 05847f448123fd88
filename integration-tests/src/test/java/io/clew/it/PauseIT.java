package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A participant is paused as a whole: its sagas stand still and say so, then go on. */
class PauseIT {
    private static final String PAYMENT = "/pauses/participants/payment";

    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldHoldSagasWhileTheirParticipantIsPausedAndFinishThemAfterwards() {
        List<PlacedOrder> orders = Stream.generate(PlacedOrder::good).limit(5).toList();
        Rest.Answer asked = clew.coordinator().put(PAYMENT + "?note=outage", "text/plain", "");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        try {
            shouldBeListed();
            orders.forEach(order -> clew.orders().post("/orders", order.json()));

            // when
            orders.forEach(this::shouldStandStill);
        } finally {
            assertThat(clew.coordinator().delete(PAYMENT).status()).isEqualTo(202);
        }

        // then
        for (PlacedOrder order : orders) {
            clew.sagas().awaitPhase(order.sagaId(), "COMPLETED");
            assertThat(clew.ledger().of(order.id()).charges()).containsExactly("CHARGED");
            assertThat(clew.sagas().timeline(order.sagaId())).contains("CommandPaused");
        }
    }

    private void shouldBeListed() {
        Await.until(
                Duration.ofSeconds(20),
                () -> {
                    JsonNode list = clew.coordinator().get("/pauses").body();
                    JsonNode pause = list.path("pauses").path(0);
                    assertThat(pause.path("name").asText()).isEqualTo("payment");
                    assertThat(pause.path("note").asText()).isEqualTo("outage");
                    assertThat(pause.path("partitions").asInt())
                            .isEqualTo(list.path("partitions").asInt());
                });
    }

    private void shouldStandStill(PlacedOrder order) {
        Await.until(
                Duration.ofSeconds(30),
                () -> {
                    JsonNode status = clew.sagas().status(order.sagaId()).body();
                    JsonNode waitsFor = status.path("waitsFor").path(0);
                    assertThat(waitsFor.path("what").asText()).isEqualTo("resume");
                    assertThat(waitsFor.path("detail").asText())
                            .contains("participant payment is paused");
                    assertThat(status.path("currentSteps").path(0).path("attempt").asInt())
                            .isZero();
                });
    }

    @Test
    void shouldRefuseToPauseWhatIsUnknown() {
        Rest.Answer nobody =
                clew.coordinator().put("/pauses/participants/nobody", "text/plain", "");
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.body().path("code").asText()).isEqualTo("NO_SUCH_PARTICIPANT");
        Rest.Answer bad = clew.coordinator().put("/pauses/things/payment", "text/plain", "");
        assertThat(bad.body().path("code").asText()).isEqualTo("BAD_SUBJECT");
    }
}
