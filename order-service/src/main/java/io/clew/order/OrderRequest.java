package io.clew.order;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to place an order; anything may be missing.
 *
 * @param orderId the client's own id, which makes repeating the request safe
 * @param totalAmount may be left out, but if it is there it is the sum of the lines
 */
public record OrderRequest(
        @Nullable String orderId,
        @Nullable String customerId,
        @Nullable List<@Nullable Line> lines,
        @Nullable String currency,
        @Nullable BigDecimal totalAmount,
        @Nullable String paymentToken,
        @Nullable ShippingAddress shippingAddress) {

    /** One position. */
    public record Line(
            @Nullable String sku, @Nullable Integer quantity, @Nullable BigDecimal unitPrice) {}

    /** Where the goods go. */
    public record ShippingAddress(
            @Nullable String name,
            @Nullable String street,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String country) {}
}
