package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.Ledger.Books;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order goes in; a shipped order or a fully compensated one comes out. */
class OrderIT {
    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldShipTheOrderWhenItIsPlacedOverRest() {
        // given
        PlacedOrder order = PlacedOrder.good();

        // when
        Rest.Answer placed = clew.orders().post("/orders", order.json());

        // then
        assertThat(placed.status()).as(placed.text()).isIn(201, 202);
        assertThat(placed.body().path("sagaId").asText()).isEqualTo(order.sagaId());
        shouldHaveShipped(order);
    }

    @Test
    void shouldShipTheOrderWhenAPlainProducerPublishesIt() {
        // given
        PlacedOrder order = PlacedOrder.good();

        // when
        try (EventProducer producer = clew.eventProducer()) {
            producer.place(order);
        }

        // then
        shouldHaveShipped(order);
    }

    @Test
    void shouldRunOneSagaWhenTheSameEventComesThreeTimes() {
        // given
        PlacedOrder order = PlacedOrder.good();

        // when
        try (EventProducer producer = clew.eventProducer()) {
            producer.place(order, order, order);
        }

        // then
        shouldHaveShipped(order);
        assertThat(clew.commands().namesOf(order.sagaId()))
                .containsExactly("CreateOrder", "ChargePayment", "BookShipment", "ConfirmOrder");
    }

    @ParameterizedTest
    @CsvSource({
        "tok_declined, sku-unlimited, DE, CARD_DECLINED",
        "tok_insufficient_funds, sku-unlimited, DE, INSUFFICIENT_FUNDS"
    })
    void shouldTakeBackTheOrderWhenPaymentRefuses(
            String token, String sku, String country, String code) {
        // given
        PlacedOrder order = PlacedOrder.good().paidWith(token).of(sku).to(country);

        // when
        clew.orders().post("/orders", order.json());

        // then
        JsonNode status = clew.sagas().awaitPhase(order.sagaId(), "COMPENSATED");
        assertThat(status.path("failure").path("code").asText()).isEqualTo(code);
        assertThat(clew.commands().namesOf(order.sagaId()))
                .containsExactly("CreateOrder", "ChargePayment", "CancelOrder");
        assertThat(clew.ledger().of(order.id()))
                .isEqualTo(new Books(List.of("CANCELLED"), List.of(), List.of()));
        shouldBeRejected(order, code);
    }

    @ParameterizedTest
    @CsvSource({
        "tok_visa, sku-none, DE, OUT_OF_STOCK",
        "tok_visa, sku-unlimited, AQ, UNDELIVERABLE"
    })
    void shouldGiveTheMoneyBackWhenShippingRefuses(
            String token, String sku, String country, String code) {
        // given
        PlacedOrder order = PlacedOrder.good().paidWith(token).of(sku).to(country);

        // when
        clew.orders().post("/orders", order.json());

        // then
        JsonNode status = clew.sagas().awaitPhase(order.sagaId(), "COMPENSATED");
        assertThat(status.path("failure").path("code").asText()).isEqualTo(code);
        assertThat(clew.commands().namesOf(order.sagaId()))
                .containsExactly(
                        "CreateOrder",
                        "ChargePayment",
                        "BookShipment",
                        "RefundPayment",
                        "CancelOrder");
        assertThat(clew.ledger().of(order.id()))
                .isEqualTo(new Books(List.of("CANCELLED"), List.of("REFUNDED"), List.of()));
        shouldBeRejected(order, code);
    }

    @ParameterizedTest
    @CsvSource({
        "order,/orders/none,ORDER_UNKNOWN",
        "payment,/nowhere,NOT_FOUND",
        "shipping,/stock/none,NOT_FOUND"
    })
    void shouldSayAsAProblemWhatIsNotThere(String service, String path, String code) {
        // when
        Rest.Answer answer = clew.rest(service).get(path);

        // then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("status").asInt()).isEqualTo(404);
        assertThat(answer.body().path("title").asText()).isEqualTo("Not Found");
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertThat(answer.body().path("detail").asText()).isNotEmpty();
    }

    private void shouldHaveShipped(PlacedOrder order) {
        clew.sagas().awaitPhase(order.sagaId(), "COMPLETED");
        clew.awaitOrder(order.id(), "CONFIRMED");
        assertThat(clew.ledger().of(order.id())).isEqualTo(Books.SHIPPED);
    }

    private void shouldBeRejected(PlacedOrder order, String code) {
        JsonNode rejected = clew.awaitOrder(order.id(), "REJECTED");
        assertThat(rejected.toString()).contains(code);
    }
}
