package io.clew.benchmark;

import io.clew.benchmark.load.OrderSchemas;
import io.clew.benchmark.load.Plan;
import io.clew.platform.AppProcess;
import io.clew.platform.Jdk;
import io.clew.platform.PlatformException;
import io.clew.platform.PlatformHome;
import io.clew.platform.ProgramProcess;
import io.clew.platform.RegistryProcess;
import io.clew.platform.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clew with everything it has: CEL mappings, Avro, timers, index rows, {@code saga.events}. */
final class ClewSystem implements SystemUnderTest {

    /** The first that makes an AOT cache in one step, with profiles in it (JEP 514, 515). */
    static final int FIRST_JDK_WITH_CACHE = 25;

    private static final String ORDER_SAGA_FILE = "/order-saga-3/order-saga-3.yaml";
    private static final String EVENTS = "saga.events";
    private static final String ARCHIVE = "saga.archive";
    private static final String APPLICATION = "clew-coordinator";
    private static final long DEFAULT_OPEN_LIMIT = 1_000_000;

    private final Cluster cluster;
    private final Settings asked;
    private final Settings.Coordinator settings;
    private final Path directory;
    private final RegistryProcess registry;
    private final Path cache;
    private AppProcess coordinator;
    private final AppProcess second;
    private final TreeMap<String, String> definitions = new TreeMap<>();
    private final List<String> businessTopics = new ArrayList<>();
    private final List<ProgramProcess> workers = new ArrayList<>();

    ClewSystem(Cluster cluster, Path directory, Settings asked) {
        this.cluster = cluster;
        this.asked = asked;
        this.settings = asked.coordinator();
        this.directory = directory;
        this.registry =
                RegistryProcess.builder(directory)
                        .log(directory.resolve("logs/registry.log"))
                        .build();
        this.cache = directory.resolve("coordinator.aot");
        this.coordinator =
                coordinator(
                        "coordinator",
                        stateDirectory(),
                        settings.trained() ? List.of("-XX:AOTCacheOutput=" + cache) : List.of());
        this.second = coordinator("coordinator-2", secondStateDirectory(), trained());
        definitions.put(OrderSchemas.ORDER_SAGA, Rest.resource(ORDER_SAGA_FILE));
        StepsDefinition.LENGTHS.forEach(
                n -> definitions.put(StepsDefinition.name(n), StepsDefinition.yaml(n)));
        for (WaitingSagas waiting : List.of(asked.waiting(), asked.silent())) {
            definitions.put(waiting.definition(), waiting.yaml(Rest.resource(ORDER_SAGA_FILE)));
        }
        definitions.keySet().forEach(it -> businessTopics.add(OrderSchemas.triggers(it)));
        businessTopics.add(OrderSchemas.NOBODY + ".commands");
        var program = new Programs(directory, cluster.bootstrapServers());
        for (String participant : OrderSchemas.PARTICIPANTS) {
            String commands = participant + ".commands";
            businessTopics.add(commands);
            workers.add(
                    program.worker(
                            "worker-" + participant, commands, List.of(registry.confluentUrl())));
        }
    }

    private List<String> trained() {
        return settings.trained() ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /** The coordinator ends, which makes the cache of what it has learnt, and starts with it. */
    void startTrained() {
        coordinator.close();
        if (!Files.exists(cache)) {
            throw new PlatformException(
                    ("Expected the coordinator's JVM to make an AOT cache within 30 s of its end,"
                         + " which takes JDK %d or newer, but this one of JDK %d did not")
                            .formatted(FIRST_JDK_WITH_CACHE, Jdk.feature()));
        }
        coordinator = coordinator("coordinator", stateDirectory(), trained());
        coordinator.start();
    }

    private AppProcess coordinator(String name, Path state, List<String> learning) {
        AppProcess.Builder app =
                AppProcess.builder(name, PlatformHome.repository().resolve("coordinator"))
                        .log(directory.resolve("logs/" + name + ".log"))
                        .jvm(settings.jvm())
                        .heap(settings.heap())
                        .environment("KAFKA_BOOTSTRAP_SERVERS", cluster.bootstrapServers())
                        .environment("SCHEMA_REGISTRY_URL", registry.confluentUrl())
                        .environment("CLEW_STATE_DIR", state.toString())
                        .environment("CLEW_LIMITS_OPEN_SAGAS", Long.toString(openLimit()))
                        .environment(
                                "CLEW_INBOX_PARTITIONS",
                                Integer.toString(settings.inboxPartitions()))
                        .environment("CLEW_THREADS", Integer.toString(settings.threads()))
                        .environment("CLEW_PROFILE", settings.profile());
        settings.flags().forEach(app::jvmFlag);
        learning.forEach(app::jvmFlag);
        return app.build();
    }

    /** Whoever has more open sagas than the default lets in must say so; it opens at half. */
    private long openLimit() {
        return DEFAULT_OPEN_LIMIT + 2 * (asked.many().openSagas() + asked.many().timers());
    }

    AppProcess coordinator() {
        return coordinator;
    }

    CoordinatorView view() {
        return new CoordinatorView(coordinator.url());
    }

    CoordinatorView secondView() {
        return new CoordinatorView(second.url());
    }

    Path stateDirectory() {
        return directory.resolve("state");
    }

    Path secondStateDirectory() {
        return directory.resolve("state-2");
    }

    /** As if the disk of the coordinator were gone, which must be down. */
    void loseState() {
        Workspace.delete(stateDirectory());
    }

    void startSecond() {
        second.start();
    }

    /** Returns when the group has noticed that its only member is gone. */
    void awaitNoMembers(Duration limit) {
        new Milestones()
                .add("nobody in the group", () -> cluster.members(APPLICATION) == 0)
                .await(limit);
    }

    double changelogBytes() {
        return cluster.bytes(
                topic -> topic.startsWith(APPLICATION) && topic.endsWith("-changelog"));
    }

    void start() {
        Topics.ensure(
                cluster.bootstrapServers(),
                Topics.all(settings.inboxPartitions()).stream()
                        .filter(topic -> topic.name().startsWith("saga."))
                        .toList());
        cluster.create(businessTopics, Map.of("cleanup.policy", "delete"));
        registry.start();
        definitions
                .keySet()
                .forEach(name -> OrderSchemas.registered(registry.confluentUrl(), name));
        coordinator.launch();
        workers.forEach(ProgramProcess::launch);
        coordinator.awaitReady();
        workers.forEach(ProgramProcess::awaitReady);
        definitions.forEach(new Rest(coordinator.url())::apply);
    }

    @Override
    public Plan.MeasuredSystem kind() {
        return Plan.MeasuredSystem.CLEW;
    }

    @Override
    public Map<String, Long> processes() {
        var pids = new TreeMap<String, Long>();
        pids.putAll(cluster.processes());
        pids.put("coordinator", coordinator.process().pid());
        workers.forEach(one -> pids.put(one.name(), one.process().pid()));
        return pids;
    }

    @Override
    public Plan.Places places(String directory) {
        return new Plan.Places(
                cluster.bootstrapServers(),
                registry.confluentUrl(),
                coordinator.url(),
                "",
                directory);
    }

    @Override
    public void tidy() {
        var topics = new ArrayList<>(businessTopics);
        topics.add(EVENTS);
        topics.add(ARCHIVE);
        cluster.trim(topics);
    }

    @Override
    public void close() {
        workers.forEach(ProgramProcess::close);
        second.close();
        coordinator.close();
        registry.close();
    }
}
