package io.clew.order.rest;

import io.clew.order.Order;
import java.util.List;
import java.util.Optional;

/** A page of orders, newest first, and where the next one begins if there is one. */
public record OrderPage(List<Order> orders, Optional<String> nextCursor) {

    static OrderPage of(List<Order> orders, int limit) {
        var isFull = orders.size() == limit;
        return new OrderPage(
                orders,
                isFull
                        ? Optional.of(Long.toString(orders.get(orders.size() - 1).sequence()))
                        : Optional.empty());
    }
}
