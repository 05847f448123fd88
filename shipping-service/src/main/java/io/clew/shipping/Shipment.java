package io.clew.shipping;

import java.time.Instant;
import java.util.Optional;

/** A parcel booked for an order; a cancelled one holds no stock. */
public record Shipment(
        String shipmentId,
        String orderId,
        String country,
        Instant bookedAt,
        Optional<Instant> cancelledAt) {}
