package io.clew.it.system;

import io.clew.order.Address;
import io.clew.order.Currency;
import io.clew.order.OrderLine;
import io.clew.order.OrderPlaced;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An order as a customer would place it; every refusal of the reference services is one change
 * away.
 */
public record PlacedOrder(String id, String token, String sku, int quantity, String country) {

    public static PlacedOrder good() {
        String id = "o-" + UUID.randomUUID();
        return new PlacedOrder(id, "tok_visa", "sku-unlimited", 2, "DE");
    }

    /** One whose saga id suits, such as one that shares a partition with another's. */
    public static PlacedOrder goodWithSaga(Predicate<String> suits) {
        return Stream.generate(PlacedOrder::good)
                .filter(it -> suits.test(it.sagaId()))
                .findFirst()
                .orElseThrow();
    }

    public PlacedOrder named(String other) {
        return new PlacedOrder(other, token, sku, quantity, country);
    }

    public PlacedOrder paidWith(String other) {
        return new PlacedOrder(id, other, sku, quantity, country);
    }

    public PlacedOrder of(String otherSku) {
        return new PlacedOrder(id, token, otherSku, quantity, country);
    }

    public PlacedOrder times(int otherQuantity) {
        return new PlacedOrder(id, token, sku, otherQuantity, country);
    }

    public PlacedOrder to(String otherCountry) {
        return new PlacedOrder(id, token, sku, quantity, otherCountry);
    }

    public String sagaId() {
        return Sagas.ofOrder(id);
    }

    public OrderPlaced event() {
        return OrderPlaced.newBuilder()
                .setOrderId(id)
                .setCustomerId("c-1")
                .setLines(List.of(new OrderLine(sku, quantity, new BigDecimal("9.95"))))
                .setCurrency(Currency.EUR)
                .setTotalAmount(new BigDecimal("9.95").multiply(BigDecimal.valueOf(quantity)))
                .setPaymentToken(token)
                .setShippingAddress(
                        new Address("Ada Lovelace", "Main Street 1", "Berlin", "10115", country))
                .setPlacedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    /** The body of {@code POST /orders}. */
    public String json() {
        return """
        {"orderId": "%s", "customerId": "c-1", "currency": "EUR", "paymentToken": "%s",
         "lines": [{"sku": "%s", "quantity": %d, "unitPrice": 9.95}],
         "shippingAddress": {"name": "Ada Lovelace", "street": "Main Street 1",
           "city": "Berlin", "postalCode": "10115", "country": "%s"}}
        """
                .formatted(id, token, sku, quantity, country);
    }
}
