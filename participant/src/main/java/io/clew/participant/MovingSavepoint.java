package io.clew.participant;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The savepoint in front of the command whose turn it is. It moves on when a command is kept, in
 * one round trip, and costs nothing for a command that leaves the connection alone.
 */
final class MovingSavepoint {
    private static final String SET = "savepoint clew_command";
    private static final String MOVE_ON = "release savepoint clew_command; " + SET;
    private static final String UNDO = "rollback to savepoint clew_command";

    private final Connection connection;
    private boolean isSet;
    private boolean isTouched;

    MovingSavepoint(Connection connection) {
        this.connection = connection;
    }

    /** To be called before the command does anything. */
    void touch() throws SQLException {
        if (!isSet) {
            execute(SET);
            isSet = true;
        }
        isTouched = true;
    }

    /** Fails if the command has left the transaction in a state that cannot be committed. */
    void keep() throws SQLException {
        if (isTouched) {
            execute(MOVE_ON);
            isTouched = false;
        }
    }

    void undo() throws SQLException {
        if (isTouched) {
            execute(UNDO);
            isTouched = false;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
