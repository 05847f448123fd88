package io.clew.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.platform.Infrastructure.Postgres.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProcessTest {

    @TempDir private Path directory;

    @Test
    void shouldKeepRowsAndIsolateRolesWhenKilledAndStartedAgain() throws Exception {
        try (PostgresProcess postgres = PostgresProcess.start(directory)) {
            // given
            execute(postgres.account("orders"), "CREATE TABLE orders (id text)");
            execute(postgres.account("orders"), "INSERT INTO orders VALUES ('o-1')");

            // when
            postgres.kill();
            postgres.start();

            // then
            assertThat(read(postgres.account("orders"), "SELECT id FROM orders")).isEqualTo("o-1");
            assertThat(read(postgres.administrator(), "SELECT id FROM orders.orders"))
                    .isEqualTo("o-1");
            assertThat(read(postgres.administrator(), "SHOW fsync")).isEqualTo("on");
            assertThatThrownBy(
                            () ->
                                    read(
                                            postgres.account("payments"),
                                            "SELECT id FROM orders.orders"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied for schema orders");
            assertThatThrownBy(
                            () -> execute(postgres.account("shipping"), "CREATE TABLE public.t ()"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied for schema public");
            assertThatThrownBy(() -> execute(postgres.account("orders"), "CREATE DATABASE other"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                                    postgres.jdbcUrl(), "orders", "guess")
                                            .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            directory.resolve("passwords.properties"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void shouldTakeOverFromAServerThatWasLeftBehind() throws Exception {
        try (PostgresProcess leftBehind = PostgresProcess.start(directory)) {
            // given
            execute(leftBehind.account("orders"), "CREATE TABLE orders (id text)");

            // when
            try (PostgresProcess postgres = PostgresProcess.start(directory)) {

                // then
                assertThat(leftBehind.isAlive()).isFalse();
                execute(postgres.account("orders"), "INSERT INTO orders VALUES ('o-1')");
            }
        }
    }

    private static void execute(Account account, String sql) throws SQLException {
        try (Connection connection = connect(account);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(Account account, String sql) throws SQLException {
        try (Connection connection = connect(account);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(Account account) throws SQLException {
        return DriverManager.getConnection(
                account.jdbcUrl(), account.username(), account.password());
    }
}
