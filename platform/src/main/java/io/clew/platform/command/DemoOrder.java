package io.clew.platform.command;

import java.util.List;

/** One order of the demonstration, and the phase in which its saga is expected to end. */
record DemoOrder(String title, String sku, String paymentToken, String country, String phase) {

    private static final String PLENTY = "sku-unlimited";
    private static final String GOOD_CARD = "tok_visa";
    private static final String TAKEN_BACK = "COMPENSATED";

    static DemoOrder happy() {
        return new DemoOrder("an order that goes through", PLENTY, GOOD_CARD, "DE", "COMPLETED");
    }

    static List<DemoOrder> all() {
        return List.of(
                happy(),
                new DemoOrder("a declined card", PLENTY, "tok_declined", "DE", TAKEN_BACK),
                new DemoOrder(
                        "a card without funds", PLENTY, "tok_insufficient_funds", "DE", TAKEN_BACK),
                new DemoOrder(
                        "goods that are out of stock", "sku-none", GOOD_CARD, "DE", TAKEN_BACK),
                new DemoOrder(
                        "an address nobody delivers to", PLENTY, GOOD_CARD, "AQ", TAKEN_BACK));
    }

    /** The body of {@code POST /orders}. */
    String json() {
        return """
        {"customerId":"c-1","currency":"EUR","paymentToken":"%s",\
        "lines":[{"sku":"%s","quantity":2,"unitPrice":19.90}],\
        "shippingAddress":{"name":"Ariadne","street":"Knossos 1","city":"Heraklion",\
        "postalCode":"71409","country":"%s"}}\
        """
                .formatted(paymentToken, sku, country);
    }
}
