package io.clew.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Under which saga id an order is fulfilled: definition and percent-encoded order id. */
final class SagaIds {
    private SagaIds() {}

    static String of(String definition, String orderId) {
        var encoded =
                URLEncoder.encode(orderId, UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
        return definition + ":" + encoded;
    }
}
