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
    private static final String CHARGES =
            "select case when refunded_at is null then 'CHARGED' else 'REFUNDED' end"
                    + " from payments.charge where order_id = ? order by charged_at";
    private static final String SHIPMENTS =
            "select case when cancelled_at is null then 'BOOKED' else 'CANCELLED' end"
                    + " from shipping.shipment where order_id = ? order by booked_at";

    private final Account account;

    Ledger(Account account) {
        this.account = account;
    }

    /** CHARGED or REFUNDED for each charge of the order. */
    public List<String> charges(String orderId) {
        return query(CHARGES, orderId);
    }

    /** BOOKED or CANCELLED for each shipment of the order. */
    public List<String> shipments(String orderId) {
        return query(SHIPMENTS, orderId);
    }

    private List<String> query(String sql, String orderId) {
        try (Connection connection =
                        DriverManager.getConnection(
                                account.jdbcUrl(), account.username(), account.password());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, orderId);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException("Expected to read the books but could not", e);
        }
    }
}
