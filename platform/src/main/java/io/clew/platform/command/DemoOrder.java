package io.clew.platform.command;

import java.util.List;

/** One order of the demonstration, and what is expected to become of it. */
record DemoOrder(String title, String sku, String paymentToken, String country) {

    static DemoOrder happy() {
        return new DemoOrder("an order that goes through", "sku-unlimited", "tok_visa", "DE");
    }

    static List<DemoOrder> all() {
        return List.of(
                happy(),
                new DemoOrder("a declined card", "sku-unlimited", "tok_declined", "DE"),
                new DemoOrder(
                        "a card without funds", "sku-unlimited", "tok_insufficient_funds", "DE"),
                new DemoOrder("goods that are out of stock", "sku-none", "tok_visa", "DE"),
                new DemoOrder("an address nobody delivers to", "sku-unlimited", "tok_visa", "AQ"));
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
