package io.clew.it;

/**
 * Steps of a till, as they stand in a definition: flow mappings of one line each.
 *
 * @param participant name of the till
 * @param further keys that each of them has besides, such as {@code "timeout: 1s, "}
 */
record TillSteps(String participant, String further) {
    /** Hands the order on to a child that is started by one, too: what stands under its start. */
    static final String PASSED_ON =
            """
                  event: io.clew.order.OrderPlaced
                  with:
                    orderId: event.orderId
                    customerId: event.customerId
                    lines: event.lines
                    currency: event.currency
                    totalAmount: event.totalAmount
                    paymentToken: event.paymentToken
                    shippingAddress: event.shippingAddress
                    placedAt: event.placedAt
            """
                    .stripTrailing();

    private static final String GOOD = "\"'tok_visa'\"";

    TillSteps(String participant) {
        this(participant, "");
    }

    /** A step that is never refused; its books go by the order and its name. */
    String charge(String step) {
        return charge(step, "event.orderId + '-" + step + "'");
    }

    /** The same, its books going by what an expression gives. */
    String charge(String step, String order) {
        return "{ step: %s, %s, compensation: { command: %s, with: { orderId: \"%s\" } } }"
                .formatted(step, charging(order, GOOD), "io.clew.payment.RefundPayment", order);
    }

    /** A step that is refused if the order is to be paid with a card that is declined. */
    String last() {
        return "{ step: last, compensation: none, %s }"
                .formatted(charging("event.orderId + '-last'", "event.paymentToken"));
    }

    private String charging(String order, String token) {
        return (further + "participant: %s, action: { command: %s, with: { %s, %s, token: %s } }")
                .formatted(
                        participant,
                        "io.clew.payment.ChargePayment",
                        "orderId: \"" + order + "\"",
                        "amount: event.totalAmount",
                        token);
    }
}
