package io.clew.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A whole platform on 127.0.0.1: broker and PostgreSQL at once, then topics, registry, apps at
 * once. Everything stops in the reverse order.
 */
public final class LocalPlatform implements AutoCloseable {

    private final Builder settings;
    private final Instant begun = Instant.now();
    private final Deque<Part> started = new ArrayDeque<>();
    private final Infrastructure.Broker kafka;
    private final Infrastructure.Registry registry;
    private final Infrastructure.Postgres postgres;
    private final List<AppProcess> coordinators = new ArrayList<>();
    private final Map<Member, AppProcess> services = new EnumMap<>(Member.class);

    private LocalPlatform(Builder settings) {
        this.settings = settings;
        Infrastructure infrastructure = settings.infrastructure();
        this.kafka = infrastructure.kafka();
        this.registry = infrastructure.registry();
        this.postgres = infrastructure.postgres();
    }

    /** Settings of a platform that keeps data and logs in the given directory. */
    public static Builder builder(Path directory) {
        return new Builder(directory);
    }

    public Infrastructure.Broker kafka() {
        return kafka;
    }

    public Infrastructure.Registry registry() {
        return registry;
    }

    public Infrastructure.Postgres postgres() {
        return postgres;
    }

    /** The coordinators, in the order in which they were started. */
    public List<AppProcess> coordinators() {
        return List.copyOf(coordinators);
    }

    /** The first coordinator. */
    public AppProcess coordinator() {
        return coordinators.get(0);
    }

    /** One of the reference participants. */
    public AppProcess service(Member member) {
        AppProcess service = services.get(member);
        if (service == null) {
            throw new IllegalArgumentException("Expected " + member.label() + " to be chosen");
        }
        return service;
    }

    /** Every process of this machine that was started, in that order. */
    public List<ProcessPart> processes() {
        return started.reversed().stream()
                .filter(ProcessPart.class::isInstance)
                .map(ProcessPart.class::cast)
                .toList();
    }

    /** Resident memory of all processes in bytes. */
    public long residentBytes() {
        return processes().stream().mapToLong(part -> part.process().residentBytes()).sum();
    }

    /** How long ago the start began. */
    public Duration age() {
        return Duration.between(begun, Instant.now());
    }

    /** One more coordinator beside the first; it does not run yet. */
    public AppProcess addCoordinator() {
        AppProcess coordinator = buildCoordinator(Ports.free());
        coordinators.add(coordinator);
        started.push(coordinator);
        return coordinator;
    }

    /** Puts a definition file to the coordinator, again and again while it is not ready for it. */
    public void apply(Path definition, Duration limit) {
        DefinitionFile.read(definition).applyTo(coordinator().url(), limit);
        report(definition.getFileName() + " applied");
    }

    /** Stops everything: the apps at once, then the registry, PostgreSQL and the broker. */
    @Override
    public synchronized void close() {
        started.parallelStream().filter(AppProcess.class::isInstance).forEach(Part::close);
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    private void start() {
        Leash.instance().beforeEnd(this::close);
        settings.requireFreePorts();
        launch(kafka);
        launch(postgres);
        kafka.awaitReady();
        report("kafka ready");
        Topics.ensure(kafka.bootstrapServers(), settings.inboxPartitions);
        report("topics ready");
        launch(registry);
        postgres.awaitReady();
        report("postgres ready");
        registry.awaitReady();
        report("registry ready");
        startApps();
    }

    private void startApps() {
        var apps = new ArrayList<AppProcess>();
        for (int i = 0; i < settings.coordinators; i++) {
            int port = i == 0 ? settings.port(Member.COORDINATOR) : Ports.free();
            AppProcess coordinator = buildCoordinator(port);
            coordinators.add(coordinator);
            apps.add(coordinator);
        }
        for (Member member : settings.services) {
            AppProcess service = buildService(member);
            services.put(member, service);
            apps.add(service);
        }
        apps.forEach(this::launch);
        for (AppProcess app : apps) {
            app.awaitReady();
            report(app.name() + " ready");
        }
    }

    private void launch(Part part) {
        started.push(part);
        part.launch();
    }

    private AppProcess buildCoordinator(int port) {
        String name = Member.COORDINATOR.label();
        if (!coordinators.isEmpty()) {
            name += "-" + (coordinators.size() + 1);
        }
        AppProcess.Builder app =
                app(name, Member.COORDINATOR)
                        .port(port)
                        .heap("256m")
                        .environment("CLEW_APPLICATION_SERVER", "127.0.0.1:" + port)
                        .environment("CLEW_STATE_DIR", settings.directory.resolve(name).toString())
                        .environment(
                                "CLEW_INBOX_PARTITIONS",
                                Integer.toString(settings.inboxPartitions));
        return built(app, Member.COORDINATOR);
    }

    private AppProcess buildService(Member member) {
        Infrastructure.Postgres.Account account = postgres.account(member.role());
        AppProcess.Builder app =
                app(member.label(), member)
                        .port(settings.port(member))
                        .environment("QUARKUS_DATASOURCE_JDBC_URL", account.jdbcUrl())
                        .environment("QUARKUS_DATASOURCE_USERNAME", account.username())
                        .environment("QUARKUS_DATASOURCE_PASSWORD", account.password());
        return built(app, member);
    }

    private AppProcess.Builder app(String name, Member member) {
        AppProcess.Builder app =
                AppProcess.builder(name, PlatformHome.repository().resolve(member.label()))
                        .log(settings.directory.resolve("logs").resolve(name + ".log"))
                        .environment("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers())
                        .environment("SCHEMA_REGISTRY_URL", registry.confluentUrl());
        settings.extra.getOrDefault(member, Map.of()).forEach(app::setting);
        return app;
    }

    private AppProcess built(AppProcess.Builder app, Member member) {
        Jvm jvm = settings.jvms.get(member);
        return jvm == null ? app.build() : app.jvm(jvm.profile()).heap(jvm.heap()).build();
    }

    /** What an app runs in, if not as usual. */
    private record Jvm(JvmProfile profile, String heap) {}

    private void report(String what) {
        settings.progress.accept(
                String.format(Locale.ROOT, "%5.1f s  %s", age().toMillis() / 1000.0, what));
    }

    /** Settings of a platform; unless said otherwise: one coordinator, no service, free ports. */
    public static final class Builder {

        private final Path directory;
        private int coordinators = 1;
        private int inboxPartitions = Topics.LOCAL_INBOX_PARTITIONS;
        private final Set<Member> services = EnumSet.noneOf(Member.class);
        private final Map<Member, Integer> ports = new EnumMap<>(Member.class);
        private final Map<Member, Map<String, String>> extra = new EnumMap<>(Member.class);
        private final Map<Member, Jvm> jvms = new EnumMap<>(Member.class);
        private Consumer<String> progress = line -> {};
        private @Nullable Infrastructure infrastructure;

        private Builder(Path directory) {
            this.directory = directory.toAbsolutePath();
        }

        /** How many coordinators; 0 for infrastructure alone. */
        public Builder coordinators(int value) {
            coordinators = value;
            return this;
        }

        /** Which of the reference participants. */
        public Builder services(List<Member> value) {
            services.addAll(value);
            return this;
        }

        /** Partitions of {@code saga.inbox}. */
        public Builder inboxPartitions(int value) {
            inboxPartitions = value;
            return this;
        }

        /** A fixed port instead of a free one. */
        public Builder port(Member member, int value) {
            ports.put(member, value);
            return this;
        }

        /** One setting more of an app. */
        public Builder setting(Member member, String key, String value) {
            extra.computeIfAbsent(member, one -> new LinkedHashMap<>()).put(key, value);
            return this;
        }

        /** Another JVM than usual for an app. */
        public Builder jvm(Member member, JvmProfile profile, String heap) {
            jvms.put(member, new Jvm(profile, heap));
            return this;
        }

        /** Gets a line with the time whenever something has become ready. */
        public Builder progress(Consumer<String> value) {
            progress = value;
            return this;
        }

        /** Other infrastructure than processes of this machine. */
        public Builder infrastructure(Infrastructure value) {
            infrastructure = value;
            return this;
        }

        /** Starts everything; stops what runs already if a part does not come up. */
        public LocalPlatform start() {
            var platform = new LocalPlatform(this);
            try {
                platform.start();
                return platform;
            } catch (RuntimeException e) {
                platform.close();
                throw e;
            }
        }

        private void requireFreePorts() {
            String taken =
                    ports.entrySet().stream()
                            .filter(entry -> !Ports.isFree(entry.getValue()))
                            .map(entry -> taken(entry.getKey(), entry.getValue()))
                            .collect(Collectors.joining(System.lineSeparator()));
            if (!taken.isEmpty()) {
                throw new PlatformException(taken);
            }
        }

        private static String taken(Member member, int port) {
            return "Port %d of %s is taken by another program; stop it or choose another: %s=<port>"
                    .formatted(port, member.label(), member.portVariable());
        }

        private Infrastructure infrastructure() {
            return infrastructure == null ? processes() : infrastructure;
        }

        private Infrastructure processes() {
            KafkaBroker kafka =
                    KafkaBroker.builder(directory.resolve("kafka"))
                            .port(port(Member.KAFKA))
                            .log(log(Member.KAFKA))
                            .build();
            RegistryProcess registry =
                    RegistryProcess.builder(directory)
                            .port(port(Member.REGISTRY))
                            .log(log(Member.REGISTRY))
                            .bootstrapServers(kafka.bootstrapServers())
                            .build();
            PostgresProcess postgres =
                    PostgresProcess.of(
                            directory.resolve("postgres"),
                            port(Member.POSTGRES),
                            log(Member.POSTGRES));
            return new Infrastructure(kafka, registry, postgres);
        }

        private int port(Member member) {
            return ports.computeIfAbsent(member, one -> Ports.free());
        }

        private Path log(Member member) {
            return directory.resolve("logs").resolve(member.label() + ".log");
        }
    }
}
