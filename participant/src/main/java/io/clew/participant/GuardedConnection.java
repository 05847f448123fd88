package io.clew.participant;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Savepoint;

/**
 * A connection on which a handler cannot end the transaction that is not its own, and on which the
 * library learns that a handler is about to use it.
 */
final class GuardedConnection {
    private GuardedConnection() {}

    static Connection of(Connection connection, MovingSavepoint savepoint) {
        return (Connection)
                Proxy.newProxyInstance(
                        GuardedConnection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> {
                            if (endsTransaction(method.getName(), arguments)) {
                                throw new UnsupportedOperationException(
                                        "Expected a handler to leave the transaction to the library"
                                                + " but it called "
                                                + method.getName());
                            }
                            savepoint.touch();
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static boolean endsTransaction(String method, Object[] arguments) {
        return switch (method) {
            case "commit", "close", "abort", "setAutoCommit", "setTransactionIsolation" -> true;
            case "rollback" -> arguments == null || !(arguments[0] instanceof Savepoint);
            default -> false;
        };
    }
}
