package io.clew.it.system;

import io.clew.platform.Infrastructure.Postgres.Account;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the services' own books say happened, read straight from their databases. */
public final class Ledger {
    private static final String FULFILMENTS =
            "select concat_ws(' ', case when confirmed_at is not null then 'CONFIRMED' end,"
                    + " case when cancelled_at is not null then 'CANCELLED'"
                    + " when confirmed_at is null then 'CREATED' end)"
                    + " from orders.fulfilment where order_id = ? order by created_at";
    private static final String CHARGES =
            "select case when refunded_at is null then 'CHARGED' else 'REFUNDED' end"
                    + " from payments.charge where order_id = ? order by charged_at";
    private static final String SHIPMENTS =
            "select case when cancelled_at is null then 'BOOKED' else 'CANCELLED' end"
                    + " from shipping.shipment where order_id = ? order by booked_at";
    private static final String RESERVED =
            "select sku || ' x' || quantity from shipping.reservation join shipping.shipment"
                    + " using (shipment_id) where order_id = ? order by sku";
    private static final String AVAILABLE = "select available from shipping.stock where sku = ?";

    private final Account account;

    Ledger(Account account) {
        this.account = account;
    }

    /**
     * What all three services did for an order, each in the order it happened.
     *
     * @param fulfilments CREATED, CONFIRMED or CANCELLED, by order-service
     * @param charges CHARGED or REFUNDED, by payment-service
     * @param shipments BOOKED or CANCELLED, by shipping-service
     */
    public record Books(List<String> fulfilments, List<String> charges, List<String> shipments) {
        /** Each of them did its part, once. */
        public static final Books SHIPPED =
                new Books(List.of("CONFIRMED"), List.of("CHARGED"), List.of("BOOKED"));
    }

    public Books of(String orderId) {
        return in(
                connection ->
                        new Books(
                                query(connection, FULFILMENTS, orderId),
                                query(connection, CHARGES, orderId),
                                query(connection, SHIPMENTS, orderId)));
    }

    /** What is reserved for an order's shipments, such as {@code sku-1 x2}. */
    public List<String> reserved(String orderId) {
        return in(connection -> query(connection, RESERVED, orderId));
    }

    /** How much is left of an article that can run out. */
    public long available(String sku) {
        return in(connection -> Long.parseLong(query(connection, AVAILABLE, sku).get(0)));
    }

    private interface Look<T> {
        T into(Connection connection) throws SQLException;
    }

    private <T> T in(Look<T> look) {
        try (Connection connection =
                DriverManager.getConnection(
                        account.jdbcUrl(), account.username(), account.password())) {
            return look.into(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("Expected to read the books but could not", e);
        }
    }

    private static List<String> query(Connection connection, String sql, String key)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }
}
