package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.Ledger;
import io.clew.it.system.Ledger.Books;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stock is counted: what an order takes is missing afterwards, and what is taken back is there. */
class StockIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ClewSystem clew = ClewSystem.shared();
    private final Ledger ledger = clew.ledger();

    @Test
    void shouldTakeWhatWasOrderedOnce() {
        // given
        PlacedOrder order = PlacedOrder.good().of("sku-1").times(2);
        long before = ledger.available("sku-1");

        // when
        clew.place(order);

        // then
        clew.sagas().awaitPhase(order.sagaId(), "COMPLETED");
        assertThat(ledger.available("sku-1")).isEqualTo(before - 2);
        assertThat(ledger.reserved(order.id())).containsExactly("sku-1 x2");
        assertThat(ledger.of(order.id())).isEqualTo(Books.SHIPPED);
    }

    @Test
    void shouldReserveNothingWhenAnArticleHasRunOut() {
        // given
        int all = (int) ledger.available("sku-scarce");
        PlacedOrder last = PlacedOrder.good().of("sku-scarce").times(all);
        PlacedOrder tooLate = PlacedOrder.good().of("sku-scarce").times(1);
        clew.place(last);
        clew.sagas().awaitPhase(last.sagaId(), "COMPLETED");

        // when
        clew.place(tooLate);

        // then
        JsonNode status = clew.sagas().awaitPhase(tooLate.sagaId(), "COMPENSATED");
        assertThat(status.path("failure").path("code").asText()).isEqualTo("OUT_OF_STOCK");
        assertThat(ledger.reserved(tooLate.id())).isEmpty();
        assertThat(ledger.of(tooLate.id()))
                .isEqualTo(new Books(List.of("CANCELLED"), List.of("REFUNDED"), List.of()));
        assertThat(ledger.reserved(last.id())).containsExactly("sku-scarce x" + all);
        assertThat(ledger.available("sku-scarce")).isZero();
    }

    @Test
    void shouldPutBackWhatABookedShipmentHadTakenWhenItsOrderIsCancelled() {
        // given: the command to book is on its way, and its outcome is not known yet
        PlacedOrder order = PlacedOrder.good().of("sku-2").times(3);
        long before = ledger.available("sku-2");
        clew.service("shipping").stop();
        try {
            clew.place(order);
            Await.until(LIMIT, () -> shouldWaitForTheShipment(order));

            // when
            Rest.Answer answer =
                    clew.coordinator()
                            .post(
                                    "/sagas/" + order.sagaId() + "/interventions?wait",
                                    "{\"intervention\": \"cancel\"}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        } finally {
            clew.service("shipping").start();
        }

        // then
        JsonNode status = clew.sagas().awaitPhase(order.sagaId(), "COMPENSATED");
        assertThat(status.path("failure").path("code").asText()).isEqualTo("CANCELLED");
        assertThat(clew.commands().namesOf(order.sagaId()))
                .containsExactly(
                        "CreateOrder",
                        "ChargePayment",
                        "BookShipment",
                        "CancelShipment",
                        "RefundPayment",
                        "CancelOrder");
        assertThat(ledger.of(order.id()))
                .isEqualTo(
                        new Books(List.of("CANCELLED"), List.of("REFUNDED"), List.of("CANCELLED")));
        assertThat(ledger.reserved(order.id())).isEmpty();
        assertThat(ledger.available("sku-2")).isEqualTo(before);
    }

    private void shouldWaitForTheShipment(PlacedOrder order) {
        Rest.Answer status = clew.sagas().status(order.sagaId());
        assertThat(status.body().path("currentSteps").path(0).path("step").asText())
                .as(status.text())
                .isEqualTo("bookShipment");
    }
}
