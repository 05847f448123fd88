package io.clew.participant;

import java.sql.SQLException;
import java.util.Set;

/** Tells from its SQL state whose fault it is that a statement or a commit has failed. */
final class DatabaseTrouble {
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String TRANSACTION_HAS_FAILED = "25P02";
    private static final String ROLLED_BACK = "40";

    /**
     * Connection, session, read-only standby, statement cache, account, database, schema not
     * migrated, resources, operator, system: no other command would fare better.
     */
    private static final Set<String> AWAY =
            Set.of("08", "0A", "25", "26", "28", "3D", "3F", "42", "53", "57", "58", "F0", "XX");

    private DatabaseTrouble() {}

    /** The database cannot do any work now; otherwise it refuses this work. */
    static boolean isAway(SQLException e) {
        var state = e.getSQLState();
        return state == null
                || state.length() < 2
                || (AWAY.contains(state.substring(0, 2)) && !state.equals(TRANSACTION_HAS_FAILED));
    }

    /** A deadlock or a failed serialization: another transaction won and this one may try again. */
    static boolean isConflict(Throwable trouble) {
        for (var cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e
                    && e.getSQLState() != null
                    && e.getSQLState().startsWith(ROLLED_BACK)) {
                return true;
            }
        }
        return false;
    }

    static boolean isLocked(Throwable trouble) {
        return trouble instanceof SQLException e && LOCK_NOT_AVAILABLE.equals(e.getSQLState());
    }
}
