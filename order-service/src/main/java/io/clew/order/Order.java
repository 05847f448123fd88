package io.clew.order;

import java.time.Instant;
import java.util.Optional;

/**
 * An order as its customer sees it.
 *
 * @param sequence rises with every order; the newest has the highest
 * @param code why it was rejected or cancelled
 * @param content what was ordered; not known yet right after an order was placed elsewhere
 * @param confirmedAt when the saga told this service that the order is paid for and reserved
 */
public record Order(
        String orderId,
        String sagaId,
        long sequence,
        Status status,
        Optional<String> code,
        Optional<OrderContent> content,
        Optional<Instant> confirmedAt) {

    /** Where an order stands for the business; where its saga stands is another matter. */
    public enum Status {
        PENDING,
        CONFIRMED,
        REJECTED,
        CANCELLED
    }
}
