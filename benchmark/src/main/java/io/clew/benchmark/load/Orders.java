package io.clew.benchmark.load;

import io.clew.order.Address;
import io.clew.order.Currency;
import io.clew.order.OrderLine;
import io.clew.order.OrderPlaced;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Orders of the reference application, the same by REST and as an event. */
final class Orders {

    private static final BigDecimal PRICE = new BigDecimal("9.95");
    private static final int QUANTITY = 2;
    private static final String GOODS = "sku-unlimited";

    private Orders() {}

    static OrderPlaced event(String orderId, boolean refuse) {
        return OrderPlaced.newBuilder()
                .setOrderId(orderId)
                .setCustomerId(OrderSchemas.customer(orderId))
                .setLines(List.of(new OrderLine(GOODS, QUANTITY, PRICE)))
                .setCurrency(Currency.EUR)
                .setTotalAmount(PRICE.multiply(BigDecimal.valueOf(QUANTITY)))
                .setPaymentToken(token(refuse))
                .setShippingAddress(new Address("Ariadne", "Knossos 1", "Heraklion", "71409", "GR"))
                .setPlacedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    /** The body of {@code POST /orders}. */
    static String json(String orderId, boolean refuse) {
        return """
        {"orderId":"%s","customerId":"%s","currency":"EUR","paymentToken":"%s",\
        "lines":[{"sku":"%s","quantity":%d,"unitPrice":%s}],\
        "shippingAddress":{"name":"Ariadne","street":"Knossos 1","city":"Heraklion",\
        "postalCode":"71409","country":"GR"}}\
        """
                .formatted(
                        orderId,
                        OrderSchemas.customer(orderId),
                        token(refuse),
                        GOODS,
                        QUANTITY,
                        PRICE);
    }

    private static String token(boolean refuse) {
        return refuse ? "tok_declined" : "tok_visa";
    }
}
