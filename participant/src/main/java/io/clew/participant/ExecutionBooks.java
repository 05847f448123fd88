package io.clew.participant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code clew_execution}, through one connection and its transaction. Takes many rows
 * at a time, always in {@link CommandIdentity#LOCK_ORDER}, so that two workers with the same
 * executions wait for each other but never both.
 */
final class ExecutionBooks {
    private static final String IS_KEY =
            " saga_id = ? and run = ? and step_path = ? and direction = ? and execution = ?";
    private static final String INSERT =
            """
            insert into clew_execution
                (saga_id, run, step_path, direction, execution, command_type, status)
            select k.*, 'IN_PROGRESS'
            from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::int[], ?::text[]) as k
            on conflict do nothing
            returning saga_id, run, step_path, direction, execution\
            """;
    // Row by row, so that they are locked in the order in which they are asked for.
    private static final String LOCK =
            """
            select k.position, e.*
            from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::int[]) with ordinality
                as k (saga_id, run, step_path, direction, execution, position)
            cross join lateral (
                select status, command_type, outcome, code, reason, value_type, value
                from clew_execution e
                where e.saga_id = k.saga_id and e.run = k.run and e.step_path = k.step_path
                    and e.direction = k.direction and e.execution = k.execution
                for update) e\
            """;
    private static final String FINISH =
            """
            update clew_execution set status = 'DONE', outcome = ?, code = ?, reason = ?,
                value_type = ?, value = ?, finished_at = now() where\
            """
                    + IS_KEY;
    private static final String BURY =
            "update clew_execution set status = 'TOMBSTONE', finished_at = now() where" + IS_KEY;
    private static final String ERASE = "delete from clew_execution where" + IS_KEY;

    private final Connection connection;

    ExecutionBooks(Connection connection) {
        this.connection = connection;
    }

    /** What the books say about an execution. */
    sealed interface Entry {

        /** There was none; this transaction has just written it, in progress. */
        record Fresh() implements Entry {}

        /** An effect outside the database was begun and its outcome is not known here. */
        record InProgress(@Nullable String commandType) implements Entry {}

        record Done(Answer answer) implements Entry {}

        record Tombstone() implements Entry {}
    }

    /**
     * Locks the rows of executions, given with the types of their commands; writes those that are
     * not there as in progress. Waits for another worker's open transaction on any of them.
     */
    Map<CommandIdentity, Entry> claim(SortedMap<CommandIdentity, Optional<String>> wanted)
            throws SQLException {
        var fresh = insert(wanted);
        var others = new TreeSet<CommandIdentity>(CommandIdentity.LOCK_ORDER);
        others.addAll(wanted.keySet());
        others.removeAll(fresh);
        var entries = new HashMap<>(lock(others));
        fresh.forEach(identity -> entries.put(identity, new Entry.Fresh()));
        return entries;
    }

    /** Locks rows that are there. */
    Map<CommandIdentity, Entry> lock(SortedSet<CommandIdentity> wanted) throws SQLException {
        var identities = List.copyOf(wanted);
        var entries = new HashMap<CommandIdentity, Entry>();
        if (identities.isEmpty()) {
            return entries;
        }
        try (var select = connection.prepareStatement(LOCK)) {
            bindKeys(select, identities);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    entries.put(identities.get(row.getInt("position") - 1), entry(row));
                }
            }
        }
        if (entries.size() < identities.size()) {
            // Forgotten between two statements: whoever tries again finds it as it now is.
            throw new SQLTransactionRollbackException(
                    "Expected the rows of " + identities + " but some are gone", "40001");
        }
        return entries;
    }

    void finish(Map<CommandIdentity, Answer> answers) throws SQLException {
        if (answers.isEmpty()) {
            return;
        }
        try (var update = connection.prepareStatement(FINISH)) {
            for (var entry : answers.entrySet()) {
                var answer = entry.getValue();
                update.setString(1, answer.outcome());
                update.setString(2, answer.code());
                update.setString(3, answer.reason());
                update.setString(4, answer.valueType());
                update.setBytes(5, answer.value());
                bindKey(update, 6, entry.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    void bury(Collection<CommandIdentity> identities) throws SQLException {
        forEach(BURY, identities);
    }

    /** Takes away rows this transaction has written for nothing. */
    void erase(Collection<CommandIdentity> identities) throws SQLException {
        forEach(ERASE, identities);
    }

    private void forEach(String sql, Collection<CommandIdentity> identities) throws SQLException {
        if (identities.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (var identity : identities) {
                bindKey(statement, 1, identity);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private Set<CommandIdentity> insert(SortedMap<CommandIdentity, Optional<String>> wanted)
            throws SQLException {
        var fresh = new HashSet<CommandIdentity>();
        try (var insert = connection.prepareStatement(INSERT)) {
            bindKeys(insert, List.copyOf(wanted.keySet()));
            var types = wanted.values().stream().map(type -> type.orElse(null)).toArray();
            insert.setArray(6, connection.createArrayOf("text", types));
            try (var row = insert.executeQuery()) {
                while (row.next()) {
                    fresh.add(
                            new CommandIdentity(
                                    row.getString(1),
                                    row.getLong(2),
                                    row.getString(3),
                                    Direction.ofWireName(row.getString(4)),
                                    row.getInt(5)));
                }
            }
        }
        return fresh;
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

    private void bindKeys(PreparedStatement statement, List<CommandIdentity> identities)
            throws SQLException {
        var columns = new ArrayList<List<Object>>();
        for (var column = 0; column < 5; column++) {
            columns.add(new ArrayList<>());
        }
        for (var identity : identities) {
            columns.get(0).add(identity.sagaId());
            columns.get(1).add(identity.run());
            columns.get(2).add(identity.stepPath());
            columns.get(3).add(identity.direction().wireName());
            columns.get(4).add(identity.execution());
        }
        var types = List.of("text", "bigint", "text", "text", "int");
        for (var column = 0; column < 5; column++) {
            statement.setArray(
                    column + 1,
                    connection.createArrayOf(types.get(column), columns.get(column).toArray()));
        }
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
