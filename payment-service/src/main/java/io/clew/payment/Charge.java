package io.clew.payment;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What a customer was charged for an order, and when it was given back. */
public record Charge(
        String paymentId,
        String orderId,
        BigDecimal amount,
        String currency,
        Instant chargedAt,
        Optional<Instant> refundedAt) {}
