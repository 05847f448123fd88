package io.clew.payment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.participant.Outcome;
import io.clew.platform.PostgresProcess;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChargesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final BigDecimal AMOUNT = new BigDecimal("19.90");

    @TempDir private static Path directory;
    private static PostgresProcess postgres;

    private final Charges charges = new Charges();
    private Connection connection;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = PostgresProcess.start(directory);
        try (var connection = connect();
                var statement = connection.createStatement();
                var sql = ChargesTest.class.getResourceAsStream("/db/migration/V1__charge.sql")) {
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
    void shouldChargeAnOrderOnce() throws SQLException {
        // when
        var first = charges.charge(connection, charge("o-1", AMOUNT, "tok_visa"), NOW);
        var again = charges.charge(connection, charge("o-1", AMOUNT, "tok_visa"), NOW);

        // then
        assertThat(again).isEqualTo(first);
        assertThat(result(first).getAmount()).isEqualTo(AMOUNT);
        assertThat(result(first).getCurrency()).isEqualTo(Currency.EUR);
        assertThat(charges.find(connection, "o-1")).hasSize(1);
    }

    @Test
    void shouldGiveBackWhatWasCharged() throws SQLException {
        // given
        charges.charge(connection, charge("o-1", AMOUNT, "tok_visa"), NOW);

        // when
        var later = NOW.plusSeconds(60);
        charges.refund(connection, new RefundPayment("o-1", null), later);
        charges.refund(connection, new RefundPayment("o-1", null), later.plusSeconds(60));

        // then
        assertThat(charges.find(connection, "o-1"))
                .singleElement()
                .satisfies(charge -> assertThat(charge.refundedAt()).contains(later));
    }

    @Test
    void shouldChargeAgainAfterARefund() throws SQLException {
        // given
        var first = charges.charge(connection, charge("o-1", AMOUNT, "tok_visa"), NOW);
        charges.refund(connection, new RefundPayment("o-1", null), NOW);

        // when
        var second = charges.charge(connection, charge("o-1", AMOUNT, "tok_visa"), NOW);

        // then
        assertThat(result(second).getPaymentId()).isNotEqualTo(result(first).getPaymentId());
        assertThat(charges.find(connection, "o-1")).hasSize(2);
    }

    @Test
    void shouldRefuseWhatCannotBeCharged() throws SQLException {
        assertThat(refusal(charge("o-1", AMOUNT, "tok_declined"))).isEqualTo("CARD_DECLINED");
        assertThat(refusal(charge("o-1", AMOUNT, "tok_insufficient_funds")))
                .isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(refusal(charge("o-1", new BigDecimal("0.00"), "tok_visa")))
                .isEqualTo("INVALID_AMOUNT");
        assertThat(refusal(new ChargePayment("o-1", AMOUNT, Currency.XXX, "tok_visa")))
                .isEqualTo("UNKNOWN_CURRENCY");
        assertThat(charges.find(connection, "o-1")).isEmpty();
    }

    @Test
    void shouldHaveNothingToGiveBackWhenNothingWasCharged() throws SQLException {
        assertThat(charges.refund(connection, new RefundPayment("o-9", "p-9"), NOW))
                .isEqualTo(Outcome.succeeded());
    }

    private String refusal(ChargePayment command) throws SQLException {
        return ((Outcome.Failed) charges.charge(connection, command, NOW)).code();
    }

    private static PaymentCharged result(Outcome outcome) {
        return (PaymentCharged) ((Outcome.Succeeded) outcome).result();
    }

    private static ChargePayment charge(String orderId, BigDecimal amount, String token) {
        return new ChargePayment(orderId, amount, null, token);
    }

    private static Connection connect() throws SQLException {
        var account = postgres.account("payments");
        return DriverManager.getConnection(
                account.jdbcUrl(), account.username(), account.password());
    }
}
