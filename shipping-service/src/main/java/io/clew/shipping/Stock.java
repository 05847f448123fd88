package io.clew.shipping;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The stock table and what of it is reserved for which shipment. Articles are locked in the order
 * of their names, so that two orders for the same articles do not wait for each other for ever.
 */
public final class Stock {
    private static final String SELECT = "select available from stock where sku = ?";
    private static final String TAKE =
            "update stock set available = available - ? where sku = ? and available >= ?";
    private static final String RESERVE =
            "insert into reservation (shipment_id, sku, quantity) values (?, ?, ?)";
    private static final String PUT_BACK =
            """
            update stock set available = available + reservation.quantity from reservation
            where reservation.sku = stock.sku and reservation.shipment_id = ?\
            """;
    private static final String RELEASE = "delete from reservation where shipment_id = ?";

    /** What is left of an article, if there is such an article. */
    public Optional<StockLevel> find(Connection connection, String sku) throws SQLException {
        try (var select = connection.prepareStatement(SELECT)) {
            select.setString(1, sku);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var available = Optional.ofNullable(row.getObject("available", Long.class));
                return Optional.of(new StockLevel(sku, available));
            }
        }
    }

    /** Takes the articles from the stock; false if one of them is not there in that number. */
    boolean reserve(Connection connection, String shipmentId, SortedMap<String, Long> quantities)
            throws SQLException {
        for (var line : quantities.entrySet()) {
            var sku = line.getKey();
            long quantity = line.getValue();
            if (isLimited(connection, sku) && !take(connection, sku, quantity)) {
                return false;
            }
            try (var insert = connection.prepareStatement(RESERVE)) {
                insert.setString(1, shipmentId);
                insert.setString(2, sku);
                insert.setLong(3, quantity);
                insert.executeUpdate();
            }
        }
        return true;
    }

    /** Puts back what is reserved for a shipment. */
    void release(Connection connection, String shipmentId) throws SQLException {
        for (var sql : new String[] {PUT_BACK, RELEASE}) {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, shipmentId);
                statement.executeUpdate();
            }
        }
    }

    private boolean isLimited(Connection connection, String sku) throws SQLException {
        return find(connection, sku).filter(level -> level.available().isEmpty()).isEmpty();
    }

    private static boolean take(Connection connection, String sku, long quantity)
            throws SQLException {
        try (var update = connection.prepareStatement(TAKE)) {
            update.setLong(1, quantity);
            update.setString(2, sku);
            update.setLong(3, quantity);
            return update.executeUpdate() == 1;
        }
    }
}
