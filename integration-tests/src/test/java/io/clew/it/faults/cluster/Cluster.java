package io.clew.it.faults.cluster;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Three brokers, two coordinators and everything else as processes of their own on free ports. */
public final class Cluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BROKERS = 3;
    private static final int COORDINATORS = 2;
    private static final int INBOX_PARTITIONS = 8;

    /** What each coordinator owns at least once the group has settled. */
    static final int FAIR_SHARE = INBOX_PARTITIONS / COORDINATORS - 1;

    private static final int ASTRAY_SECONDS = 1_800;
    private static final int DISK_MIB = 512;

    private final Path directory;
    private final Deque<Part> started = new ArrayDeque<>();
    private final List<Link> wires = new ArrayList<>();
    private final List<KafkaBroker> brokers;
    private final List<CoordinatorNode> coordinators = new ArrayList<>();
    private final Map<Member, List<AppProcess>> services = new EnumMap<>(Member.class);
    private final Optional<Network> network;
    private final RegistryProcess registry;
    private final PostgresProcess postgres;

    private Cluster(Path directory, Shape shape) {
        this.directory = directory;
        network = shape.hosts() ? Network.of(COORDINATORS) : Optional.empty();
        List<KafkaBroker.Builder> members = KafkaBroker.cluster(directory, BROKERS);
        List<Links> links = new ArrayList<>();
        for (int i = 0; i < COORDINATORS; i++) {
            links.add(Links.before(members, "LINK" + (i + 1), gateway()));
        }
        shape.timing()
                .brokers()
                .forEach((key, value) -> members.forEach(it -> it.property(key, value)));
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
            services.put(member, services(member, shape));
        }
    }

    /**
     * What differs from run to run.
     *
     * @param instances how many of each service
     * @param hosts whether each coordinator gets a host of its own, if that is allowed
     * @param smallDisk whether the first coordinator gets a disk of its own, if that is allowed
     * @param timing of brokers and clients
     * @param coordinators further settings of the coordinators
     */
    public record Shape(
            int instances,
            boolean hosts,
            boolean smallDisk,
            Timing timing,
            Map<String, String> coordinators) {}

    /** Starts everything; returns when it is ready. */
    public static Cluster start(Path directory, Shape shape) {
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
        Optional<Network.Host> host = network.map(it -> it.hosts().get(number - 1));
        AppProcess.Builder app =
                app(name, Member.COORDINATOR, links.bootstrap())
                        .port(port)
                        .heap("256m")
                        .environment("SCHEMA_REGISTRY_URL", registryBefore(gateway()))
                        .environment("CLEW_APPLICATION_SERVER", addressOf(host) + ":" + port)
                        .environment("CLEW_STATE_DIR", state.toString())
                        .setting("clew.inbox.partitions", Integer.toString(INBOX_PARTITIONS))
                        .setting("clew.topics.replication", Integer.toString(BROKERS));
        shape.timing().coordinators().forEach(app::setting);
        shape.coordinators().forEach(app::setting);
        host.ifPresent(it -> app.behind(it.entry(), it.address()));
        Optional<SmallDisk> disk =
                shape.smallDisk() && number == 1
                        ? SmallDisk.mount(state, DISK_MIB)
                        : Optional.empty();
        return new CoordinatorNode(app.build(), astray(app, number), disk, host, state, links);
    }

    /** This machine, as the coordinators see it. */
    private String gateway() {
        return network.map(Network::gateway).orElse(LOOPBACK);
    }

    private static String addressOf(Optional<Network.Host> host) {
        return host.map(Network.Host::address).orElse(LOOPBACK);
    }

    /** The registry listens on the loopback alone. */
    private String registryBefore(String address) {
        if (address.equals(LOOPBACK)) {
            return registry.confluentUrl();
        }
        Link link = Link.open(address, Ports.free(), registry.port());
        wires.add(link);
        return registry.confluentUrl()
                .replace(LOOPBACK + ":" + registry.port(), address + ":" + link.port());
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

    private List<AppProcess> services(Member member, Shape shape) {
        var account = postgres.account(member.role());
        List<AppProcess> all = new ArrayList<>();
        for (int i = 1; i <= shape.instances(); i++) {
            AppProcess.Builder app =
                    app(member.label() + "-" + i, member, bootstrap())
                            .environment("QUARKUS_DATASOURCE_JDBC_URL", account.jdbcUrl())
                            .environment("QUARKUS_DATASOURCE_USERNAME", account.username())
                            .environment("QUARKUS_DATASOURCE_PASSWORD", account.password());
            shape.timing().services().forEach(app::setting);
            all.add(app.build());
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

    /** Whether there is a coordinator whose disk can be filled. */
    public boolean hasSmallDisk() {
        return coordinators.stream().anyMatch(node -> node.disk().isPresent());
    }

    /** Whether coordinators have hosts of their own. */
    public boolean hasHosts() {
        return network.isPresent();
    }

    /** Whether coordinators can be started with clocks that are wrong. */
    public boolean hasWrongClocks() {
        return coordinators.stream().allMatch(node -> node.astray().isPresent());
    }

    Path directory() {
        return directory;
    }

    public String bootstrap() {
        return brokers.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    public List<KafkaBroker> brokers() {
        return brokers;
    }

    public List<CoordinatorNode> coordinators() {
        return List.copyOf(coordinators);
    }

    public List<AppProcess> services(Member member) {
        return services.getOrDefault(member, List.of());
    }

    public List<AppProcess> services() {
        return services.values().stream().flatMap(List::stream).toList();
    }

    public RegistryProcess registry() {
        return registry;
    }

    public PostgresProcess postgres() {
        return postgres;
    }

    /** Removes everything under a directory; the directory itself stays. */
    public static void wipe(Path directory) {
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
        wires.forEach(Link::close);
        network.ifPresent(Network::close);
    }
}
