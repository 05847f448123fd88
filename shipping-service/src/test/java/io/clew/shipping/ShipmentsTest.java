package io.clew.shipping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.participant.Outcome;
import io.clew.platform.PostgresProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipmentsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir private static Path directory;
    private static PostgresProcess postgres;

    private final Stock stock = new Stock();
    private final Shipments shipments = new Shipments(stock);
    private Connection connection;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = PostgresProcess.start(directory);
        try (var connection = connect();
                var statement = connection.createStatement();
                var sql =
                        ShipmentsTest.class.getResourceAsStream("/db/migration/V1__shipping.sql")) {
            statement.execute(new String(Objects.requireNonNull(sql).readAllBytes(), UTF_8));
        }
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        connection = connect();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void shouldReserveStockOnceForAnOrder() throws SQLException {
        // when
        book("o-1", "DE", line("sku-scarce", 2), line("sku-scarce", 1), line("sku-unlimited", 9));
        book("o-1", "DE", line("sku-scarce", 2));

        // then
        assertThat(available("sku-scarce")).isEqualTo(2);
        assertThat(shipments.find(connection, "o-1")).hasSize(1);
    }

    @Test
    void shouldPutStockBackWhenAShipmentIsCancelled() throws SQLException {
        // given
        book("o-1", "DE", line("sku-scarce", 5), line("sku-unlimited", 1));

        // when
        shipments.cancel(connection, new CancelShipment("o-1"), NOW);
        shipments.cancel(connection, new CancelShipment("o-1"), NOW.plusSeconds(5));

        // then
        assertThat(available("sku-scarce")).isEqualTo(5);
        assertThat(shipments.find(connection, "o-1"))
                .singleElement()
                .satisfies(shipment -> assertThat(shipment.cancelledAt()).contains(NOW));
    }

    @Test
    void shouldBookAgainAfterACancellation() throws SQLException {
        // given
        book("o-1", "DE", line("sku-scarce", 5));
        shipments.cancel(connection, new CancelShipment("o-1"), NOW);

        // then
        assertThat(book("o-1", "DE", line("sku-scarce", 4))).isEqualTo(Outcome.succeeded());
        assertThat(available("sku-scarce")).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatCannotBeShipped() throws SQLException {
        assertThat(refusal("DE", line("sku-none", 1))).isEqualTo("OUT_OF_STOCK");
        assertThat(refusal("DE", line("sku-scarce", 6))).isEqualTo("OUT_OF_STOCK");
        assertThat(refusal("AQ", line("sku-unlimited", 1))).isEqualTo("UNDELIVERABLE");
        assertThat(refusal("DE", line("sku-unheard-of", 1))).isEqualTo("UNKNOWN_SKU");
        assertThat(refusal("DE", line("sku-1", 0))).isEqualTo("INVALID_LINES");
        assertThat(refusal("DE")).isEqualTo("INVALID_LINES");
    }

    private String refusal(String country, ShipmentLine... lines) throws SQLException {
        var start = connection.setSavepoint();
        var outcome = (Outcome.Failed) book("o-1", country, lines);
        connection.rollback(start);
        return outcome.code();
    }

    private Outcome book(String orderId, String country, ShipmentLine... lines)
            throws SQLException {
        var address = new Address("Ada", "Street 1", "Town", "12345", country);
        return shipments.book(
                connection, new BookShipment(orderId, Arrays.asList(lines), address), NOW);
    }

    private static ShipmentLine line(String sku, int quantity) {
        return new ShipmentLine(sku, quantity);
    }

    private long available(String sku) throws SQLException {
        return stock.find(connection, sku).flatMap(StockLevel::available).orElseThrow();
    }

    private static Connection connect() throws SQLException {
        var account = postgres.account("shipping");
        return DriverManager.getConnection(
                account.jdbcUrl(), account.username(), account.password());
    }
}
