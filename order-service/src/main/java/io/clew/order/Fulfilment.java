package io.clew.order;

import io.clew.participant.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * What the saga's commands do to an order. Its own table, because the status the customer sees
 * follows the saga's outcome, which is known after the last command and not before.
 */
final class Fulfilment {
    private static final String CREATE =
            """
            insert into fulfilment (order_id, customer_id, created_at) values (?, ?, ?)
            on conflict (order_id) do update set cancelled_at = null, cancel_reason = null\
            """;
    private static final String CANCEL =
            """
            update fulfilment set cancelled_at = ?, cancel_reason = ?
            where order_id = ? and cancelled_at is null\
            """;
    private static final String CONFIRM =
            "update fulfilment set confirmed_at = coalesce(confirmed_at, ?) where order_id = ?";

    Outcome create(Connection connection, CreateOrder command, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(CREATE)) {
            insert.setString(1, command.getOrderId());
            insert.setString(2, command.getCustomerId());
            insert.setObject(3, utc(now));
            insert.executeUpdate();
        }
        return Outcome.succeeded();
    }

    Outcome cancel(Connection connection, CancelOrder command, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(CANCEL)) {
            update.setObject(1, utc(now));
            update.setString(2, command.getReason());
            update.setString(3, command.getOrderId());
            update.executeUpdate();
        }
        return Outcome.succeeded();
    }

    Outcome confirm(Connection connection, ConfirmOrder command, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(CONFIRM)) {
            update.setObject(1, utc(now));
            update.setString(2, command.getOrderId());
            if (update.executeUpdate() == 0) {
                throw new IllegalStateException(
                        "Expected order " + command.getOrderId() + " to be created but it is not");
            }
        }
        return Outcome.succeeded();
    }

    private static OffsetDateTime utc(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
