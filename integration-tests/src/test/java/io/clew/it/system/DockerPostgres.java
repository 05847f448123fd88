package io.clew.it.system;

import io.clew.platform.Infrastructure;
import io.clew.platform.PostgresProcess;
import io.clew.platform.PostgresRoles;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;

/** PostgreSQL in a container, with a role and a schema per service. */
record DockerPostgres(GenericContainer<?> container, int port, Map<String, String> passwords)
        implements ContainerPart, Infrastructure.Postgres {

    static final String ADMINISTRATOR = "postgres";

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Account account(String role) {
        return new Account(url("clew"), role, passwords.get(role));
    }

    @Override
    public Account administrator() {
        return account(ADMINISTRATOR);
    }

    @Override
    public void probe() {
        Account onDefault =
                new Account(url(ADMINISTRATOR), ADMINISTRATOR, passwords.get(ADMINISTRATOR));
        Map<String, String> services = new HashMap<>(passwords);
        services.keySet().retainAll(PostgresProcess.ROLES);
        try {
            PostgresRoles.ensure(onDefault, url("clew"), services);
        } catch (SQLException notYet) {
            throw new AssertionError(notYet);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }
}
