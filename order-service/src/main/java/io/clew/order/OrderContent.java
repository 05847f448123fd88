package io.clew.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What was ordered, without the means of payment, which this service does not keep. */
public record OrderContent(
        String customerId,
        List<Line> lines,
        String currency,
        BigDecimal totalAmount,
        ShippingAddress shippingAddress,
        Instant placedAt) {

    public OrderContent {
        lines = List.copyOf(lines);
    }

    /** One position of an order. */
    public record Line(String sku, int quantity, BigDecimal unitPrice) {}

    /** Where the goods go. */
    public record ShippingAddress(
            String name, String street, String city, String postalCode, String country) {}

    static OrderContent of(OrderPlaced event) {
        var address = event.getShippingAddress();
        return new OrderContent(
                event.getCustomerId(),
                event.getLines().stream()
                        .map(
                                line ->
                                        new Line(
                                                line.getSku(),
                                                line.getQuantity(),
                                                line.getUnitPrice()))
                        .toList(),
                event.getCurrency().name(),
                event.getTotalAmount(),
                new ShippingAddress(
                        address.getName(),
                        address.getStreet(),
                        address.getCity(),
                        address.getPostalCode(),
                        address.getCountry()),
                event.getPlacedAt());
    }

    OrderPlaced toEvent(String orderId, String paymentToken) {
        return new OrderPlaced(
                orderId,
                customerId,
                lines.stream()
                        .map(line -> new OrderLine(line.sku(), line.quantity(), line.unitPrice()))
                        .toList(),
                Currency.valueOf(currency),
                totalAmount,
                paymentToken,
                new Address(
                        shippingAddress.name(),
                        shippingAddress.street(),
                        shippingAddress.city(),
                        shippingAddress.postalCode(),
                        shippingAddress.country()),
                placedAt);
    }
}
