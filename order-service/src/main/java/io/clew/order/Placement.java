package io.clew.order;

import java.util.List;

/** What became of a request to place an order. */
public sealed interface Placement {

    /** It is on the books and its event on its way. */
    record Accepted(Order order) implements Placement {}

    /** The same request was accepted before; nothing happened this time. */
    record Repeated(Order order) implements Placement {}

    /** There is another order under this id. */
    record Conflicting(String orderId) implements Placement {}

    /** The request is wrong in these places. */
    record Refused(List<Violation> violations) implements Placement {}
}
