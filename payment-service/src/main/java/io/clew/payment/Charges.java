package io.clew.payment;

import io.clew.participant.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The charges table. An order has at most one charge that is not refunded. */
public final class Charges {
    private static final String DECLINED = "tok_declined";
    private static final String NO_FUNDS = "tok_insufficient_funds";
    private static final String INSERT =
            """
            insert into charge (payment_id, order_id, amount, currency, token, charged_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (order_id) where refunded_at is null do nothing\
            """;
    private static final String SELECT =
            "select payment_id, order_id, amount, currency, charged_at, refunded_at from charge"
                    + " where order_id = ? order by charged_at";
    private static final String REFUND =
            "update charge set refunded_at = ? where order_id = ? and refunded_at is null";

    /** Charges an order once; an order that is charged already keeps its charge. */
    Outcome charge(Connection connection, ChargePayment command, Instant now) throws SQLException {
        var refusal = refusal(command);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var charge = newCharge(command, now);
        return Outcome.succeeded(
                result(
                        insert(connection, charge, command.getToken())
                                ? charge
                                : open(connection, command.getOrderId())));
    }

    /** Gives back what the order was charged; if that was nothing, there is nothing to do. */
    Outcome refund(Connection connection, RefundPayment command, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(REFUND)) {
            setInstant(update, 1, now);
            update.setString(2, command.getOrderId());
            update.executeUpdate();
        }
        return Outcome.succeeded();
    }

    /** Every charge of an order, refunded ones too, oldest first. */
    public List<Charge> find(Connection connection, String orderId) throws SQLException {
        try (var select = connection.prepareStatement(SELECT)) {
            select.setString(1, orderId);
            try (var row = select.executeQuery()) {
                var charges = new ArrayList<Charge>();
                while (row.next()) {
                    charges.add(charge(row));
                }
                return charges;
            }
        }
    }

    private static Optional<Outcome> refusal(ChargePayment command) {
        if (command.getAmount().signum() <= 0) {
            return Optional.of(Outcome.failed("INVALID_AMOUNT", "The amount is not above zero"));
        }
        if (currency(command) == Currency.XXX) {
            return Optional.of(Outcome.failed("UNKNOWN_CURRENCY", "Nobody is charged in XXX"));
        }
        return switch (command.getToken()) {
            case DECLINED -> Optional.of(Outcome.failed("CARD_DECLINED", "The card was declined"));
            case NO_FUNDS ->
                    Optional.of(
                            Outcome.failed("INSUFFICIENT_FUNDS", "The account holds too little"));
            default -> Optional.empty();
        };
    }

    private static Charge newCharge(ChargePayment command, Instant now) {
        return new Charge(
                UUID.randomUUID().toString(),
                command.getOrderId(),
                command.getAmount(),
                currency(command).name(),
                now,
                Optional.empty());
    }

    /** False if the order has a charge that is not refunded. */
    private static boolean insert(Connection connection, Charge charge, String token)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, charge.paymentId());
            insert.setString(2, charge.orderId());
            insert.setBigDecimal(3, charge.amount());
            insert.setString(4, charge.currency());
            insert.setString(5, token);
            setInstant(insert, 6, charge.chargedAt());
            return insert.executeUpdate() == 1;
        }
    }

    private Charge open(Connection connection, String orderId) throws SQLException {
        return find(connection, orderId).stream()
                .filter(charge -> charge.refundedAt().isEmpty())
                .findFirst()
                .orElseThrow(
                        () -> new SQLException("Expected the charge of " + orderId + " to stay"));
    }

    private static Currency currency(ChargePayment command) {
        var currency = command.getCurrency();
        return currency == null ? Currency.EUR : currency;
    }

    private static PaymentCharged result(Charge charge) {
        return new PaymentCharged(
                charge.paymentId(),
                charge.orderId(),
                charge.amount(),
                Currency.valueOf(charge.currency()),
                charge.chargedAt());
    }

    private static Charge charge(ResultSet row) throws SQLException {
        return new Charge(
                row.getString("payment_id"),
                row.getString("order_id"),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getObject("charged_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(instant(row.getObject("refunded_at", OffsetDateTime.class))));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static void setInstant(PreparedStatement statement, int index, Instant at)
            throws SQLException {
        statement.setObject(index, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
    }
}
