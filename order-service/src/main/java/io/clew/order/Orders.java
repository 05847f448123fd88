package io.clew.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The orders table. */
public final class Orders {
    private static final String SELECT =
            """
            select o.order_id, o.saga_id, o.sequence, o.status, o.code, o.content, f.confirmed_at
            from orders o left join fulfilment f on f.order_id = o.order_id
            """;
    private static final String INSERT =
            """
            insert into orders (order_id, saga_id, content, request_hash)
            values (?, ?, ?::jsonb, ?) on conflict do nothing\
            """;
    private static final String COMPLETE =
            "update orders set content = ?::jsonb where order_id = ? and content is null";
    private static final String MOVE =
            """
            update orders set status = ?, code = ?, saga_run = ?, saga_revision = ?
            where order_id = ? and (saga_run, saga_revision) < (?, ?)\
            """;

    private final ObjectMapper json;

    public Orders(ObjectMapper json) {
        this.json = json;
    }

    /** The order, if it is known. */
    public Optional<Order> find(Connection connection, String orderId) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + "where o.order_id = ?")) {
            select.setString(1, orderId);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(order(row)) : Optional.empty();
            }
        }
    }

    /** Orders that match, newest first. */
    public List<Order> find(Connection connection, OrderQuery query) throws SQLException {
        var sql =
                SELECT
                        + """
                        where (?::text is null or o.status = ?)
                            and (?::text is null or o.content ->> 'customerId' = ?)
                            and o.sequence < ?
                        order by o.sequence desc limit ?\
                        """;
        var status = query.status().map(Order.Status::name).orElse(null);
        var customerId = query.customerId().orElse(null);
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, status);
            select.setString(2, status);
            select.setString(3, customerId);
            select.setString(4, customerId);
            select.setLong(5, query.before());
            select.setInt(6, query.limit());
            try (var row = select.executeQuery()) {
                var orders = new ArrayList<Order>();
                while (row.next()) {
                    orders.add(order(row));
                }
                return orders;
            }
        }
    }

    /** Takes an order placed here; false if there is one under that id. */
    boolean insert(
            Connection connection, String orderId, String sagaId, OrderContent content, byte[] hash)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, orderId);
            insert.setString(2, sagaId);
            insert.setString(3, text(content));
            insert.setBytes(4, hash);
            return insert.executeUpdate() == 1;
        }
    }

    /** Makes sure that an order whose saga is known is here, wherever it was placed. */
    void insertIfMissing(Connection connection, String orderId, String sagaId) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, orderId);
            insert.setString(2, sagaId);
            insert.setString(3, null);
            insert.setBytes(4, null);
            insert.executeUpdate();
        }
    }

    /** Adds what was ordered to an order placed elsewhere. */
    void complete(Connection connection, String orderId, OrderContent content) throws SQLException {
        try (var update = connection.prepareStatement(COMPLETE)) {
            update.setString(1, text(content));
            update.setString(2, orderId);
            update.executeUpdate();
        }
    }

    /** Sets the status, unless the row already shows this or a later change of the saga. */
    void move(Connection connection, String orderId, BusinessState.Change change)
            throws SQLException {
        try (var update = connection.prepareStatement(MOVE)) {
            update.setString(1, change.status().name());
            update.setString(2, change.code());
            update.setLong(3, change.run());
            update.setLong(4, change.revision());
            update.setString(5, orderId);
            update.setLong(6, change.run());
            update.setLong(7, change.revision());
            update.executeUpdate();
        }
    }

    Optional<byte[]> requestHash(Connection connection, String orderId) throws SQLException {
        var sql = "select request_hash from orders where order_id = ?";
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, orderId);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    private Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getString("order_id"),
                row.getString("saga_id"),
                row.getLong("sequence"),
                Order.Status.valueOf(row.getString("status")),
                Optional.ofNullable(row.getString("code")),
                Optional.ofNullable(row.getString("content")).map(this::content),
                Optional.ofNullable(row.getObject("confirmed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private OrderContent content(String text) {
        try {
            return json.readValue(text, OrderContent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected the stored order to be readable", e);
        }
    }

    private String text(OrderContent content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected an order to be writable as JSON", e);
        }
    }
}
