package io.clew.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.order.OrderChecks.Checked;
import io.clew.participant.Database;
import io.clew.participant.Outbox;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Takes orders: the row and its {@code OrderPlaced} are written in one transaction. */
public final class OrderDesk {
    static final String TOPIC = "order.events";

    private final String definition;
    private final Database database;
    private final Orders orders;
    private final Outbox outbox;
    private final Runnable nudge;
    private final Clock clock = Clock.systemUTC();

    /** {@code nudge} is run when an event may have been added to the outbox. */
    public OrderDesk(
            String definition, Database database, Orders orders, Outbox outbox, Runnable nudge) {
        this.definition = definition;
        this.database = database;
        this.orders = orders;
        this.outbox = outbox;
        this.nudge = nudge;
    }

    /**
     * Places an order once, however often the request comes: under the client's order id, or under
     * one made of its idempotency key.
     */
    public Placement place(OrderRequest request, Optional<String> idempotencyKey) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (OrderChecks.check(request, now)) {
            case Checked.Faulty faulty -> new Placement.Refused(faulty.violations());
            case Checked.Sound sound -> {
                var orderId = orderId(request, idempotencyKey);
                var placement = database.inTransaction(c -> write(c, orderId, sound));
                nudge.run();
                yield placement;
            }
        };
    }

    private Placement write(Connection connection, String orderId, Checked.Sound sound)
            throws SQLException {
        var sagaId = SagaIds.of(definition, orderId);
        var hash = hash(sound);
        if (orders.insert(connection, orderId, sagaId, sound.content(), hash)) {
            var event = sound.content().toEvent(orderId, sound.paymentToken());
            outbox.add(connection, TOPIC, orderId, event);
            return new Placement.Accepted(orders.find(connection, orderId).orElseThrow());
        }
        var known = orders.requestHash(connection, orderId);
        return known.isPresent() && MessageDigest.isEqual(known.get(), hash)
                ? new Placement.Repeated(orders.find(connection, orderId).orElseThrow())
                : new Placement.Conflicting(orderId);
    }

    private static String orderId(OrderRequest request, Optional<String> idempotencyKey) {
        var given = request.orderId();
        if (given != null) {
            return given;
        }
        return idempotencyKey
                .map(key -> UUID.nameUUIDFromBytes(key.getBytes(UTF_8)))
                .orElseGet(UUID::randomUUID)
                .toString();
    }

    /** Of what the client sent, not of when it sent it. */
    private static byte[] hash(Checked.Sound sound) {
        var content = sound.content();
        var timeless =
                new OrderContent(
                        content.customerId(),
                        content.lines(),
                        content.currency(),
                        content.totalAmount(),
                        content.shippingAddress(),
                        Instant.EPOCH);
        try {
            var text = timeless + "\n" + sound.paymentToken();
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
