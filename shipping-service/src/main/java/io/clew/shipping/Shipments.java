package io.clew.shipping;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The shipment table. An order has at most one shipment that is not cancelled. */
public final class Shipments {
    private static final String ANTARCTICA = "AQ";
    private static final String INSERT =
            """
            insert into shipment (shipment_id, order_id, recipient, street, city, postal_code,
                country, booked_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String SELECT =
            "select shipment_id, order_id, country, booked_at, cancelled_at from shipment"
                    + " where order_id = ? order by booked_at";
    private static final String CANCEL =
            "update shipment set cancelled_at = ? where order_id = ? and cancelled_at is null"
                    + " returning shipment_id";

    private final Stock stock;

    public Shipments(Stock stock) {
        this.stock = stock;
    }

    /** Reserves stock for an order once; an order that is booked already keeps its shipment. */
    Outcome book(Connection connection, BookShipment command, Instant now) throws SQLException {
        var booked = find(connection, command.getOrderId()).stream();
        if (booked.anyMatch(shipment -> shipment.cancelledAt().isEmpty())) {
            return Outcome.succeeded();
        }
        var refusal = refusal(connection, command);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var shipmentId = UUID.randomUUID().toString();
        insert(connection, shipmentId, command, now);
        return stock.reserve(connection, shipmentId, quantities(command))
                ? Outcome.succeeded()
                : Outcome.failed("OUT_OF_STOCK", "There is too little of an article");
    }

    /** Cancels an order's shipment and frees its stock; if there is none, nothing is to do. */
    Outcome cancel(Connection connection, CancelShipment command, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(CANCEL)) {
            setInstant(update, 1, now);
            update.setString(2, command.getOrderId());
            try (var row = update.executeQuery()) {
                if (row.next()) {
                    stock.release(connection, row.getString("shipment_id"));
                }
            }
        }
        return Outcome.succeeded();
    }

    /** Every shipment of an order, cancelled ones too, oldest first. */
    public List<Shipment> find(Connection connection, String orderId) throws SQLException {
        try (var select = connection.prepareStatement(SELECT)) {
            select.setString(1, orderId);
            try (var row = select.executeQuery()) {
                var shipments = new ArrayList<Shipment>();
                while (row.next()) {
                    shipments.add(shipment(row));
                }
                return shipments;
            }
        }
    }

    private Optional<Outcome> refusal(Connection connection, BookShipment command)
            throws SQLException {
        if (command.getAddress().getCountry().equals(ANTARCTICA)) {
            return Optional.of(Outcome.failed("UNDELIVERABLE", "Nobody delivers to AQ"));
        }
        if (command.getLines().isEmpty()
                || command.getLines().stream().anyMatch(line -> line.getQuantity() < 1)) {
            return Optional.of(Outcome.failed("INVALID_LINES", "There is nothing to ship"));
        }
        for (var line : command.getLines()) {
            if (stock.find(connection, line.getSku()).isEmpty()) {
                return Optional.of(
                        Outcome.failed("UNKNOWN_SKU", "There is no article " + line.getSku()));
            }
        }
        return Optional.empty();
    }

    private static SortedMap<String, Long> quantities(BookShipment command) {
        return command.getLines().stream()
                .collect(
                        groupingBy(
                                ShipmentLine::getSku,
                                TreeMap::new,
                                summingLong(ShipmentLine::getQuantity)));
    }

    private static void insert(
            Connection connection, String shipmentId, BookShipment command, Instant now)
            throws SQLException {
        var address = command.getAddress();
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, shipmentId);
            insert.setString(2, command.getOrderId());
            insert.setString(3, address.getName());
            insert.setString(4, address.getStreet());
            insert.setString(5, address.getCity());
            insert.setString(6, address.getPostalCode());
            insert.setString(7, address.getCountry());
            setInstant(insert, 8, now);
            insert.executeUpdate();
        }
    }

    private static Shipment shipment(ResultSet row) throws SQLException {
        return new Shipment(
                row.getString("shipment_id"),
                row.getString("order_id"),
                row.getString("country"),
                row.getObject("booked_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("cancelled_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static void setInstant(PreparedStatement statement, int index, Instant at)
            throws SQLException {
        statement.setObject(index, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
    }
}
