package io.clew.platform;

import io.clew.platform.Infrastructure.Postgres.Account;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * One database, one role and one schema per service. A role owns its schema and sees no other.
 *
 * <p>Role names are ours and fixed, passwords are hexadecimal, so both go into statements as they
 * are: DDL takes no parameters.
 */
public final class PostgresRoles {

    private PostgresRoles() {}

    /** Creates what is missing in the database at the given address and sets the passwords. */
    public static void ensure(
            Account administrator, String url, Map<String, String> passwordsByRole)
            throws SQLException {
        try (Connection connection = open(administrator.jdbcUrl(), administrator)) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = 'clew'")) {
                run(connection, "CREATE DATABASE clew");
            }
            for (Map.Entry<String, String> role : passwordsByRole.entrySet()) {
                ensureRole(connection, role.getKey(), role.getValue());
            }
        }
        try (Connection connection = open(url, administrator)) {
            run(connection, "REVOKE ALL ON DATABASE clew FROM PUBLIC");
            run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            for (String role : passwordsByRole.keySet()) {
                run(connection, "GRANT CONNECT ON DATABASE clew TO " + role);
                run(
                        connection,
                        "CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION %s".formatted(role, role));
                run(
                        connection,
                        "ALTER ROLE %s IN DATABASE clew SET search_path = %s"
                                .formatted(role, role));
            }
        }
    }

    private static void ensureRole(Connection connection, String role, String password)
            throws SQLException {
        String verb =
                exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '%s'".formatted(role))
                        ? "ALTER"
                        : "CREATE";
        run(
                connection,
                "%s ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '%s'"
                        .formatted(verb, role, password));
    }

    private static Connection open(String url, Account account) throws SQLException {
        return DriverManager.getConnection(url, account.username(), account.password());
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
