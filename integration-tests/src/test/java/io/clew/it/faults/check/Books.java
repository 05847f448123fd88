package io.clew.it.faults.check;

import io.clew.platform.Infrastructure.Postgres.Account;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything the services' databases say, read once. */
public final class Books {
    private static final String CHARGES =
            "select order_id, amount, refunded_at is null from payments.charge";
    private static final String SHIPMENTS =
            "select order_id, cancelled_at is null from shipping.shipment";
    private static final String RESERVED =
            "select sku, sum(quantity) from shipping.reservation group by sku";
    private static final String STOCK =
            "select sku, available from shipping.stock where available is not null";
    private static final String FULFILMENTS =
            "select order_id, confirmed_at is not null, cancelled_at is not null"
                    + " from orders.fulfilment";
    private static final String ORDERS = "select order_id, status from orders.orders";

    private final Map<String, List<Charge>> charges = new HashMap<>();
    private final Map<String, List<Boolean>> shipments = new HashMap<>();
    private final Map<String, Fulfilment> fulfilments = new HashMap<>();
    private final Map<String, String> statuses = new HashMap<>();
    private final Map<String, List<Executed>> executions = new HashMap<>();
    private final Map<String, Long> reserved = new HashMap<>();
    private final Map<String, Long> stock = new HashMap<>();

    record Charge(BigDecimal amount, boolean open) {}

    record Fulfilment(boolean confirmed, boolean cancelled) {}

    /**
     * A row of the participant library.
     *
     * @param run of its saga
     * @param what step path, direction and execution
     */
    record Executed(long run, String what, String status, String outcome) {
        boolean tookEffect() {
            return status.equals("DONE") && outcome.equals("succeeded");
        }

        /** Step path and direction. */
        String way() {
            return what.substring(0, what.lastIndexOf('/'));
        }

        @Override
        public String toString() {
            return what + " of run " + run;
        }
    }

    static Books read(Account account) {
        Books books = new Books();
        try (Connection connection =
                        DriverManager.getConnection(
                                account.jdbcUrl(), account.username(), account.password());
                Statement statement = connection.createStatement()) {
            books.read(statement);
            return books;
        } catch (SQLException e) {
            throw new IllegalStateException("Expected to read the books but could not", e);
        }
    }

    private void read(Statement statement) throws SQLException {
        each(
                statement,
                CHARGES,
                row ->
                        charged(
                                row.getString(1),
                                new Charge(row.getBigDecimal(2), row.getBoolean(3))));
        each(statement, SHIPMENTS, row -> shipped(row.getString(1), row.getBoolean(2)));
        each(statement, RESERVED, row -> reserved.put(row.getString(1), row.getLong(2)));
        each(statement, STOCK, row -> stock.put(row.getString(1), row.getLong(2)));
        each(
                statement,
                FULFILMENTS,
                row ->
                        fulfilled(
                                row.getString(1),
                                new Fulfilment(row.getBoolean(2), row.getBoolean(3))));
        each(statement, ORDERS, row -> shown(row.getString(1), row.getString(2)));
        for (String schema : List.of("orders", "payments", "shipping")) {
            each(
                    statement,
                    executionsOf(schema),
                    row ->
                            executed(
                                    row.getString(1),
                                    new Executed(
                                            row.getLong(2),
                                            row.getString(3),
                                            row.getString(4),
                                            row.getString(5))));
        }
    }

    /** Notes a charge of an order. */
    void charged(String orderId, Charge charge) {
        add(charges, orderId, charge);
    }

    /** Notes a shipment of an order and whether it is still booked. */
    void shipped(String orderId, boolean booked) {
        add(shipments, orderId, booked);
    }

    /** Notes how much of an article is reserved, and how much is left. */
    void stocked(String sku, long isReserved, long isLeft) {
        reserved.put(sku, isReserved);
        stock.put(sku, isLeft);
    }

    /** Notes what participant order has done for an order. */
    void fulfilled(String orderId, Fulfilment fulfilment) {
        fulfilments.put(orderId, fulfilment);
    }

    /** Notes the status the customer sees. */
    void shown(String orderId, String status) {
        statuses.put(orderId, status);
    }

    /** Notes what a participant has done for a saga. */
    void executed(String sagaId, Executed one) {
        add(executions, sagaId, one);
    }

    private static String executionsOf(String schema) {
        return "select saga_id, run, step_path || '/' || direction || '/' || execution, status,"
                + " coalesce(outcome, '') from "
                + schema
                + ".clew_execution";
    }

    private interface Row {
        void accept(ResultSet row) throws SQLException;
    }

    private static void each(Statement statement, String sql, Row reader) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.accept(rows);
            }
        }
    }

    private static <T> void add(Map<String, List<T>> map, String key, T value) {
        map.computeIfAbsent(key, one -> new ArrayList<>(1)).add(value);
    }

    List<Charge> charges(String orderId) {
        return charges.getOrDefault(orderId, List.of());
    }

    /** For each shipment of the order whether it is still booked. */
    List<Boolean> shipments(String orderId) {
        return shipments.getOrDefault(orderId, List.of());
    }

    Optional<Fulfilment> fulfilment(String orderId) {
        return Optional.ofNullable(fulfilments.get(orderId));
    }

    /** The status the customer sees; empty if there is no such order. */
    String status(String orderId) {
        return statuses.getOrDefault(orderId, "");
    }

    /** Everything the participants have noted for a saga. */
    List<Executed> executions(String sagaId) {
        return executions.getOrDefault(sagaId, List.of());
    }

    BigDecimal charged() {
        return charges.values().stream()
                .flatMap(List::stream)
                .filter(Charge::open)
                .map(Charge::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Pieces reserved, by article. */
    long reserved(String sku) {
        return reserved.getOrDefault(sku, 0L);
    }

    /** Pieces left, by article; only of those that can run out. */
    Map<String, Long> stock() {
        return Map.copyOf(stock);
    }
}
