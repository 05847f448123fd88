package io.clew.order;

import java.util.Optional;

/**
 * Which orders to list.
 *
 * @param before only orders with a lower sequence, so the cursor of the next page
 */
public record OrderQuery(
        Optional<Order.Status> status, Optional<String> customerId, long before, int limit) {
    private static final int MAX_LIMIT = 200;

    public OrderQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "Expected a limit from 1 to " + MAX_LIMIT + " but found " + limit);
        }
    }
}
