package io.clew.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root runs PostgreSQL without being root, in whatever way the machine allows. */
class UnprivilegedTest {

    private static final Path PROGRAM =
            PostgresBinaries.directory().resolve("bin").resolve("postgres");

    @TempDir private Path directory;

    @Test
    void shouldFindAWayThatIsNotRootAndReachesTheProgram() {
        // when
        Unprivileged way = Unprivileged.toRun(PROGRAM);

        // then
        assertThat(way.works(PROGRAM)).isTrue();
        assertThat(way.works(directory.resolve("nothing"))).isFalse();
    }

    @Test
    void shouldKeepTheDataWhenTheWayChanges() throws Exception {
        // given
        assumeThat(Unprivileged.isRoot()).isTrue();
        List<Unprivileged> ways =
                List.of(
                        Unprivileged.asNobody().get(1),
                        Unprivileged.NAMESPACE,
                        Unprivileged.asNobody().get(1));
        assumeThat(ways).allMatch(way -> way.works(PROGRAM));

        for (Unprivileged way : ways) {
            // when
            try (PostgresProcess postgres = PostgresProcess.start(directory, way)) {

                // then
                execute(postgres, "CREATE TABLE IF NOT EXISTS orders (id text)");
            }
        }
    }

    @Test
    void shouldRunAsNobodyInADirectoryThatIsOpenToAll() throws Exception {
        // given
        assumeThat(Unprivileged.isRoot()).isTrue();
        Unprivileged way = Unprivileged.asNobody().get(0);
        assumeThat(way.works(PROGRAM)).isTrue();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        // when
        try (PostgresProcess postgres = PostgresProcess.start(directory, way)) {

            // then
            assertThat(Files.getOwner(directory.resolve("data/PG_VERSION")).getName())
                    .isEqualTo("nobody");
            execute(postgres, "CREATE TABLE orders (id text)");
        }
    }

    private static void execute(PostgresProcess postgres, String sql) throws Exception {
        var account = postgres.account("orders");
        try (var connection =
                        DriverManager.getConnection(
                                account.jdbcUrl(), account.username(), account.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
