package io.clew.participant;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * A service's own database: brought up to date before it is first used, then one transaction per
 * piece of work. What is away is reported as {@link UnavailableException} and asked again next
 * time, so a service starts and lives without its database.
 */
public final class Database {
    private final DataSource dataSource;
    private final Runnable migration;
    private final String limits;
    private final ReentrantLock migrating = new ReentrantLock();
    private volatile boolean upToDate;

    /**
     * {@code migration} creates or changes the tables, among them those of the library's {@code
     * clew/participant/R__clew_participant.sql}.
     */
    public Database(DataSource dataSource, Runnable migration) {
        this(dataSource, migration, Duration.ofSeconds(5), Duration.ofSeconds(60));
    }

    /**
     * {@code lockTimeout} is how long to wait for a row another worker holds; after {@code
     * idleTimeout} the database ends the transaction of a worker that has stopped working.
     */
    public Database(
            DataSource dataSource, Runnable migration, Duration lockTimeout, Duration idleTimeout) {
        this.dataSource = dataSource;
        this.migration = migration;
        this.limits =
                "set transaction isolation level read committed; set local lock_timeout = "
                        + lockTimeout.toMillis()
                        + "; set local idle_in_transaction_session_timeout = "
                        + idleTimeout.toMillis();
    }

    /** Work on a connection whose transaction is not the work's to end. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Commits what the work did, or nothing of it. */
    public <T> T inTransaction(Work<T> work) {
        try {
            return commit(work);
        } catch (SQLException e) {
            throw new UnavailableException("database", e);
        }
    }

    /** The same for whoever can tell a database that is away from one that refuses the work. */
    <T> T commit(Work<T> work) throws SQLException {
        bringUpToDate();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (var statement = connection.createStatement()) {
                    statement.execute(limits);
                }
                var result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private void bringUpToDate() {
        if (upToDate) {
            return;
        }
        migrating.lock();
        try {
            if (!upToDate) {
                migration.run();
                upToDate = true;
            }
        } catch (RuntimeException e) {
            throw new UnavailableException("database", e);
        } finally {
            migrating.unlock();
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
