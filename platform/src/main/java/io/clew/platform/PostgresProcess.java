package io.clew.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server in a process of its own, on disk with fsync on. Database {@code clew}
 * has one role and one schema per service; passwords are generated and checked.
 */
public final class PostgresProcess implements ProcessPart, Infrastructure.Postgres {

    /** The roles, which are also the names of their schemas. */
    public static final List<String> ROLES = List.of("orders", "payments", "shipping");

    private static final String ADMINISTRATOR = "postgres";
    private static final Duration READY_LIMIT = Duration.ofMinutes(1);

    private final Path directory;
    private final int port;
    private final PostgresPasswords passwords;
    private final Supplier<Unprivileged> user;
    private final ChildProcess process;

    private PostgresProcess(Path directory, int port, Path log, Supplier<Unprivileged> user) {
        this.user = user;
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.passwords =
                PostgresPasswords.in(
                        this.directory.resolve("passwords.properties"),
                        Stream.concat(Stream.of(ADMINISTRATOR), ROLES.stream()).toList());
        this.process =
                new ChildProcess(
                        new ChildProcess.Spec(
                                "postgres", this::command, environment(), log, "INT"));
    }

    /** A server that does not run yet. */
    public static PostgresProcess of(Path directory, int port, Path log) {
        return new PostgresProcess(directory, port, log, PostgresProcess::anyWay);
    }

    /** A server for a test that runs in the given way. */
    static PostgresProcess start(Path directory, Unprivileged user) {
        return started(new PostgresProcess(directory, Ports.free(), logIn(directory), () -> user));
    }

    /** A server for a test: any free port, data in the given directory. */
    public static PostgresProcess start(Path directory) {
        return start(directory, Ports.free());
    }

    /** Starts on the given port with the data in the given directory. */
    public static PostgresProcess start(Path directory, int port) {
        return started(of(directory, port, logIn(directory)));
    }

    private static PostgresProcess started(PostgresProcess postgres) {
        postgres.start();
        return postgres;
    }

    private static Path logIn(Path directory) {
        return directory.resolve("postgres.log");
    }

    private static Unprivileged anyWay() {
        return Unprivileged.toRun(Path.of(program("postgres")));
    }

    @Override
    public ChildProcess process() {
        return process;
    }

    public int port() {
        return port;
    }

    /** Address of database {@code clew}. */
    public String jdbcUrl() {
        return url("clew");
    }

    @Override
    public Account account(String role) {
        return new Account(jdbcUrl(), role, passwords.of(role));
    }

    @Override
    public Account administrator() {
        return account(ADMINISTRATOR);
    }

    @Override
    public void launch() {
        try {
            if (!Files.exists(data().resolve("PG_VERSION"))) {
                initialise();
            }
            endOrphan();
            user.get().own(data());
        } catch (IOException e) {
            throw new PlatformException("Expected to prepare " + data() + " but could not", e);
        }
        process.start();
    }

    @Override
    public void awaitReady() {
        Account onDefault =
                new Account(url(ADMINISTRATOR), ADMINISTRATOR, passwords.of(ADMINISTRATOR));
        process.awaitReady(READY_LIMIT, () -> answers(onDefault));
        try {
            PostgresRoles.ensure(
                    onDefault,
                    jdbcUrl(),
                    ROLES.stream().collect(Collectors.toMap(role -> role, passwords::of)));
        } catch (SQLException e) {
            throw new PlatformException("Expected to set up database clew but could not", e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    private static boolean answers(Account account) {
        try (Connection connection =
                DriverManager.getConnection(
                        account.jdbcUrl(), account.username(), account.password())) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private List<String> command() {
        var settings =
                List.of(
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "max_connections=120",
                        "shared_buffers=32MB",
                        "max_wal_size=256MB",
                        "fsync=on",
                        "synchronous_commit=on");
        var command = new ArrayList<String>();
        command.add(program("postgres"));
        command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port)));
        for (String setting : settings) {
            command.addAll(List.of("-c", setting));
        }
        return user.get().command(command);
    }

    private static String program(String name) {
        return PostgresBinaries.directory().resolve("bin").resolve(name).toString();
    }

    private static Map<String, String> environment() {
        return Map.of("LC_ALL", "C", "TZ", "UTC");
    }

    private void initialise() throws IOException {
        Files.createDirectories(data());
        Path passwordFile =
                Files.createTempFile(
                        directory,
                        "initdb",
                        ".pw",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Path log = directory.resolve("initdb.log");
        try {
            Files.writeString(passwordFile, passwords.of(ADMINISTRATOR));
            Unprivileged runner = user.get();
            runner.own(passwordFile);
            runner.own(data());
            var builder =
                    new ProcessBuilder(
                            runner.command(
                                    List.of(
                                            program("initdb"),
                                            "--pgdata=" + data(),
                                            "--username=" + ADMINISTRATOR,
                                            "--auth=scram-sha-256",
                                            "--pwfile=" + passwordFile,
                                            "--encoding=UTF8",
                                            "--locale=C")));
            builder.environment().putAll(environment());
            int status =
                    builder.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor();
            if (status != 0) {
                throw new PlatformException(
                        "Expected initdb to succeed but it ended with %d:%n%s"
                                .formatted(status, Files.readString(log, StandardCharsets.UTF_8)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted during initdb", e);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** A server of an earlier run that was left behind still holds the data; it is ended first. */
    private void endOrphan() throws IOException {
        Path pidFile = data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
        // The id may belong to another program by now, even to another server.
        ProcessHandle.of(pid)
                .filter(one -> arguments(one).contains(data().toString()))
                .ifPresent(ChildProcess::killFamily);
    }

    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of());
    }
}
