package io.clew.benchmark;

import io.clew.benchmark.load.OrderSchemas;
import io.clew.benchmark.load.Plan;
import io.clew.platform.AppProcess;
import io.clew.platform.PlatformHome;
import io.clew.platform.ProgramProcess;
import io.clew.platform.RegistryProcess;
import io.clew.platform.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clew with everything it has: CEL mappings, Avro, timers, index rows, {@code saga.events}. */
final class ClewSystem implements SystemUnderTest {

    private static final String ORDER_SAGA_FILE = "/order-saga-3/order-saga-3.yaml";
    private static final String EVENTS = "saga.events";
    private static final String ARCHIVE = "saga.archive";

    private final Cluster cluster;
    private final Settings.Coordinator settings;
    private final RegistryProcess registry;
    private final AppProcess coordinator;
    private final TreeMap<String, String> definitions = new TreeMap<>();
    private final List<String> businessTopics = new ArrayList<>();
    private final List<ProgramProcess> workers = new ArrayList<>();

    ClewSystem(Cluster cluster, Path directory, Settings.Coordinator settings) {
        this.cluster = cluster;
        this.settings = settings;
        this.registry =
                RegistryProcess.builder(directory)
                        .log(directory.resolve("logs/registry.log"))
                        .build();
        this.coordinator = coordinator(directory);
        definitions.put(OrderSchemas.ORDER_SAGA, Rest.resource(ORDER_SAGA_FILE));
        StepsDefinition.LENGTHS.forEach(
                n -> definitions.put(StepsDefinition.name(n), StepsDefinition.yaml(n)));
        definitions.keySet().forEach(it -> businessTopics.add(OrderSchemas.triggers(it)));
        var program = new Programs(directory, cluster.bootstrapServers());
        for (String participant : OrderSchemas.PARTICIPANTS) {
            String commands = participant + ".commands";
            businessTopics.add(commands);
            workers.add(
                    program.worker(
                            "worker-" + participant, commands, List.of(registry.confluentUrl())));
        }
    }

    private AppProcess coordinator(Path directory) {
        AppProcess.Builder app =
                AppProcess.builder("coordinator", PlatformHome.repository().resolve("coordinator"))
                        .log(directory.resolve("logs/coordinator.log"))
                        .jvm(settings.jvm())
                        .heap(settings.heap())
                        .environment("KAFKA_BOOTSTRAP_SERVERS", cluster.bootstrapServers())
                        .environment("SCHEMA_REGISTRY_URL", registry.confluentUrl())
                        .environment("CLEW_STATE_DIR", directory.resolve("state").toString())
                        .environment(
                                "CLEW_INBOX_PARTITIONS",
                                Integer.toString(settings.inboxPartitions()))
                        .environment("CLEW_THREADS", Integer.toString(settings.threads()))
                        .environment("CLEW_PROFILE", settings.profile());
        settings.flags().forEach(app::jvmFlag);
        return app.build();
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
        pids.put("broker", cluster.broker().process().pid());
        pids.put("coordinator", coordinator.process().pid());
        workers.forEach(one -> pids.put(one.name(), one.process().pid()));
        return pids;
    }

    @Override
    public Plan.Places places(String directory) {
        return new Plan.Places(
                cluster.bootstrapServers(), registry.confluentUrl(), coordinator.url(), directory);
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
        coordinator.close();
        registry.close();
    }
}
