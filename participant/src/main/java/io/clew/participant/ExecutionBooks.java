package io.clew.participant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of {@code clew_execution}, through one connection and its transaction. */
final class ExecutionBooks {
    private static final String KEY =
            " saga_id = ? and run = ? and step_path = ? and direction = ? and execution = ?";
    private static final String INSERT =
            """
            insert into clew_execution
                (saga_id, run, step_path, direction, execution, status, command_type)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
            """;
    private static final String SELECT =
            """
            select status, command_type, outcome, code, reason, value_type, value
            from clew_execution where\
            """
                    + KEY
                    + " for update";
    private static final String FINISH =
            """
            update clew_execution set status = 'DONE', outcome = ?, code = ?, reason = ?,
                value_type = ?, value = ?, finished_at = now() where\
            """
                    + KEY;
    private static final String BURY =
            "update clew_execution set status = 'TOMBSTONE', finished_at = now() where" + KEY;

    private final Connection connection;

    ExecutionBooks(Connection connection) {
        this.connection = connection;
    }

    /** What the books say about an execution. */
    sealed interface Entry {

        /** There was none; this transaction has just written it. */
        record Fresh() implements Entry {}

        /** An effect outside the database was begun and its outcome is not known here. */
        record InProgress(@Nullable String commandType) implements Entry {}

        record Done(Answer answer) implements Entry {}

        record Tombstone() implements Entry {}
    }

    /** Locks the row of an execution; if there is none, writes it as in progress. */
    Entry claim(CommandIdentity identity, String commandType) throws SQLException {
        return insert(identity, "IN_PROGRESS", commandType) ? new Entry.Fresh() : lock(identity);
    }

    /** Locks the row of an execution; if there is none, occupies its key for ever. */
    Entry claimOrBury(CommandIdentity identity) throws SQLException {
        return insert(identity, "TOMBSTONE", null) ? new Entry.Tombstone() : lock(identity);
    }

    /** Locks a row that is there; waits for another worker's open transaction on it. */
    Entry lock(CommandIdentity identity) throws SQLException {
        try (var select = connection.prepareStatement(SELECT)) {
            bindKey(select, 1, identity);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException(
                            "Expected the execution "
                                    + identity.idempotencyKey()
                                    + " but it is gone");
                }
                return entry(row);
            }
        }
    }

    void finish(CommandIdentity identity, Answer answer) throws SQLException {
        try (var update = connection.prepareStatement(FINISH)) {
            update.setString(1, answer.outcome());
            update.setString(2, answer.code());
            update.setString(3, answer.reason());
            update.setString(4, answer.valueType());
            update.setBytes(5, answer.value());
            bindKey(update, 6, identity);
            update.executeUpdate();
        }
    }

    void bury(CommandIdentity identity) throws SQLException {
        try (var update = connection.prepareStatement(BURY)) {
            bindKey(update, 1, identity);
            update.executeUpdate();
        }
    }

    private boolean insert(CommandIdentity identity, String status, @Nullable String commandType)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            bindKey(insert, 1, identity);
            insert.setString(6, status);
            insert.setString(7, commandType);
            return insert.executeUpdate() == 1;
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        var status = row.getString("status");
        return switch (status) {
            case "IN_PROGRESS" -> new Entry.InProgress(row.getString("command_type"));
            case "TOMBSTONE" -> new Entry.Tombstone();
            case "DONE" ->
                    new Entry.Done(
                            new Answer(
                                    row.getString("outcome"),
                                    row.getString("code"),
                                    row.getString("reason"),
                                    row.getString("value_type"),
                                    row.getBytes("value")));
            default -> throw new SQLException("Expected a known status but found " + status);
        };
    }

    private static void bindKey(PreparedStatement statement, int first, CommandIdentity identity)
            throws SQLException {
        statement.setString(first, identity.sagaId());
        statement.setLong(first + 1, identity.run());
        statement.setString(first + 2, identity.stepPath());
        statement.setString(first + 3, identity.direction().wireName());
        statement.setInt(first + 4, identity.execution());
    }
}
