package io.clew.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One database, one role and one schema per service. A role owns its schema and sees no other.
 *
 * <p>Role names are ours and fixed, passwords are hexadecimal, so both go into statements as they
 * are: DDL takes no parameters.
 */
final class PostgresRoles {

    private PostgresRoles() {}

    static void ensure(
            PostgresProcess.Account administrator,
            String url,
            List<String> roles,
            PostgresPasswords passwords)
            throws SQLException {
        try (Connection connection = open(administrator.jdbcUrl(), administrator)) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = 'clew'")) {
                run(connection, "CREATE DATABASE clew");
            }
            for (String role : roles) {
                ensureRole(connection, role, passwords.of(role));
            }
        }
        try (Connection connection = open(url, administrator)) {
            run(connection, "REVOKE ALL ON DATABASE clew FROM PUBLIC");
            run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            for (String role : roles) {
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

    private static Connection open(String url, PostgresProcess.Account account)
            throws SQLException {
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
