package io.clew.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.it.system.Rest;
import io.clew.platform.AppProcess;
import io.clew.platform.KafkaBroker;
import io.clew.platform.Member;
import io.clew.platform.Part;
import io.clew.platform.PlatformHome;
import io.clew.platform.Ports;
import io.clew.platform.PostgresProcess;
import io.clew.platform.RegistryProcess;
import io.clew.platform.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Three brokers, two coordinators and everything else as processes of their own on free ports. */
final class Cluster implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int BROKERS = 3;
    private static final int COORDINATORS = 2;
    private static final int INBOX_PARTITIONS = 8;
    private static final int ASTRAY_SECONDS = 1_800;
    private static final int DISK_MIB = 512;

    private final Path directory;
    private final Deque<Part> started = new ArrayDeque<>();
    private final List<KafkaBroker> brokers;
    private final List<CoordinatorNode> coordinators = new ArrayList<>();
    private final Map<Member, List<AppProcess>> services = new EnumMap<>(Member.class);
    private final RegistryProcess registry;
    private final PostgresProcess postgres;

    private Cluster(Path directory, Shape shape) {
        this.directory = directory;
        List<KafkaBroker.Builder> members = KafkaBroker.cluster(directory, BROKERS);
        List<Links> links = new ArrayList<>();
        for (int i = 0; i < COORDINATORS; i++) {
            links.add(Links.before(members, "LINK" + (i + 1)));
        }
        shape.brokers().forEach((key, value) -> members.forEach(it -> it.property(key, value)));
        brokers = members.stream().map(KafkaBroker.Builder::build).toList();
        registry =
                RegistryProcess.builder(directory)
                        .bootstrapServers(bootstrap())
                        .log(log("registry"))
                        .build();
        postgres = launchBase();
        for (int i = 0; i < COORDINATORS; i++) {
            coordinators.add(coordinator(i + 1, links.get(i), shape));
        }
        for (Member member : Member.services()) {
            services.put(member, services(member, shape.instances()));
        }
    }

    /**
     * What differs from run to run.
     *
     * @param instances how many of each service
     * @param smallDisk whether the first coordinator gets a disk of its own, if that is allowed
     * @param brokers settings of the brokers
     * @param coordinators settings of the coordinators
     */
    record Shape(
            int instances,
            boolean smallDisk,
            Map<String, String> brokers,
            Map<String, String> coordinators) {}

    /** Starts everything; returns when it is ready. */
    static Cluster start(Path directory, Shape shape) {
        Cluster cluster = new Cluster(directory.toAbsolutePath(), shape);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        cluster.startApps();
        return cluster;
    }

    private PostgresProcess launchBase() {
        brokers.forEach(this::launch);
        PostgresProcess database = PostgresProcess.start(directory.resolve("postgres"));
        started.push(database);
        brokers.forEach(KafkaBroker::awaitReady);
        Topics.ensure(bootstrap(), INBOX_PARTITIONS);
        launch(registry);
        return database;
    }

    private void startApps() {
        List<AppProcess> apps =
                new ArrayList<>(services.values().stream().flatMap(List::stream).toList());
        coordinators.forEach(node -> apps.add(node.app()));
        apps.forEach(this::launch);
        registry.awaitReady();
        apps.forEach(AppProcess::awaitReady);
    }

    private void launch(Part part) {
        started.push(part);
        part.launch();
    }

    private CoordinatorNode coordinator(int number, Links links, Shape shape) {
        String name = "coordinator-" + number;
        Path state = directory.resolve(name);
        int port = Ports.free();
        AppProcess.Builder app =
                app(name, Member.COORDINATOR, links.bootstrap())
                        .port(port)
                        .heap("256m")
                        .environment("CLEW_APPLICATION_SERVER", "127.0.0.1:" + port)
                        .environment("CLEW_STATE_DIR", state.toString())
                        .setting("clew.inbox.partitions", Integer.toString(INBOX_PARTITIONS))
                        .setting("clew.topics.replication", Integer.toString(BROKERS));
        shape.coordinators().forEach(app::setting);
        Optional<SmallDisk> disk =
                shape.smallDisk() && number == 1
                        ? SmallDisk.mount(state, DISK_MIB)
                        : Optional.empty();
        return new CoordinatorNode(app.build(), astray(app, number), disk, state, links);
    }

    /** One coordinator's clock goes slow, the other's fast. */
    private static Optional<AppProcess> astray(AppProcess.Builder app, int number) {
        int seconds = number == 1 ? -ASTRAY_SECONDS : ASTRAY_SECONDS;
        return WrongClock.off(seconds)
                .map(
                        environment -> {
                            environment.forEach(app::environment);
                            return app.build();
                        });
    }

    private List<AppProcess> services(Member member, int instances) {
        var account = postgres.account(member.role());
        List<AppProcess> all = new ArrayList<>();
        for (int i = 1; i <= instances; i++) {
            all.add(
                    app(member.label() + "-" + i, member, bootstrap())
                            .environment("QUARKUS_DATASOURCE_JDBC_URL", account.jdbcUrl())
                            .environment("QUARKUS_DATASOURCE_USERNAME", account.username())
                            .environment("QUARKUS_DATASOURCE_PASSWORD", account.password())
                            .build());
        }
        return List.copyOf(all);
    }

    private AppProcess.Builder app(String name, Member member, String servers) {
        return AppProcess.builder(name, PlatformHome.repository().resolve(member.label()))
                .log(log(name))
                .environment("KAFKA_BOOTSTRAP_SERVERS", servers)
                .environment("SCHEMA_REGISTRY_URL", registry.confluentUrl());
    }

    private Path log(String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    /** Puts version 1 of this definition; waits until a coordinator takes it. */
    void apply(String name, String definition) {
        Await.until(
                LIMIT,
                () -> {
                    Rest.Answer answer =
                            coordinators
                                    .get(0)
                                    .rest()
                                    .put(
                                            "/definitions/" + name + "/versions/1",
                                            "application/yaml",
                                            definition);
                    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
                });
    }

    /** Whether this machine and this user can do that. */
    boolean can(Fault fault) {
        if (fault == Fault.COORDINATOR_DISK_FULL) {
            return coordinators.stream().anyMatch(node -> node.disk().isPresent());
        }
        return fault != Fault.COORDINATOR_CLOCK_MOVED
                || coordinators.stream().allMatch(node -> node.astray().isPresent());
    }

    Path directory() {
        return directory;
    }

    String bootstrap() {
        return brokers.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    List<KafkaBroker> brokers() {
        return brokers;
    }

    List<CoordinatorNode> coordinators() {
        return List.copyOf(coordinators);
    }

    List<AppProcess> services(Member member) {
        return services.getOrDefault(member, List.of());
    }

    List<AppProcess> services() {
        return services.values().stream().flatMap(List::stream).toList();
    }

    RegistryProcess registry() {
        return registry;
    }

    PostgresProcess postgres() {
        return postgres;
    }

    /** Removes everything under a directory; the directory itself stays. */
    static void wipe(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!file.equals(directory)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends everything at once. */
    @Override
    public synchronized void close() {
        coordinators.forEach(node -> node.links().close());
        while (!started.isEmpty()) {
            started.pop().kill();
        }
        coordinators.forEach(
                node -> {
                    node.astray().ifPresent(Part::kill);
                    node.disk().ifPresent(SmallDisk::close);
                });
    }
}
