package io.clew.benchmark;

import io.clew.benchmark.load.Plan;
import io.clew.platform.Infrastructure;
import io.clew.platform.JvmProfile;
import io.clew.platform.KafkaBroker;
import io.clew.platform.LocalPlatform;
import io.clew.platform.Member;
import io.clew.platform.PlatformHome;
import io.clew.platform.Ports;
import io.clew.platform.PostgresProcess;
import io.clew.platform.RegistryProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The reference application as {@code ./clew up} starts it, with PostgreSQL, in JVMs made for load;
 * on a broker of its own.
 */
final class ReferenceSystem implements SystemUnderTest {

    /** Name of its definition. */
    static final String SAGA = "order-fulfilment";

    private static final String DEFINITION = "order-service/src/main/saga/order-fulfilment.yaml";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String SERVICE_HEAP = "256m";
    private static final String BROKER = "broker";

    private final LocalPlatform platform;

    private ReferenceSystem(LocalPlatform platform) {
        this.platform = platform;
    }

    static ReferenceSystem start(Path directory, Settings settings) {
        Settings.Coordinator coordinator = settings.coordinator();
        LocalPlatform.Builder builder =
                LocalPlatform.builder(directory)
                        .infrastructure(infrastructure(directory, settings))
                        .services(Member.services())
                        .inboxPartitions(coordinator.inboxPartitions())
                        .jvm(Member.COORDINATOR, coordinator.jvm(), coordinator.heap())
                        .setting(
                                Member.COORDINATOR,
                                "clew.threads",
                                Integer.toString(coordinator.threads()))
                        .setting(Member.COORDINATOR, "clew.profile", coordinator.profile());
        Member.services().forEach(it -> builder.jvm(it, JvmProfile.STEADY, SERVICE_HEAP));
        var system = new ReferenceSystem(builder.start());
        try {
            system.platform.apply(PlatformHome.repository().resolve(DEFINITION), LIMIT);
            return system;
        } catch (RuntimeException failed) {
            system.close();
            throw failed;
        }
    }

    private static Infrastructure infrastructure(Path directory, Settings settings) {
        KafkaBroker kafka =
                Cluster.configured(
                                KafkaBroker.builder(directory.resolve("kafka")),
                                settings.durability())
                        .log(log(directory, "kafka"))
                        .build();
        return new Infrastructure(
                kafka,
                RegistryProcess.builder(directory).log(log(directory, "registry")).build(),
                PostgresProcess.of(
                        directory.resolve("postgres"), Ports.free(), log(directory, "postgres")));
    }

    private static Path log(Path directory, String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    @Override
    public Plan.MeasuredSystem kind() {
        return Plan.MeasuredSystem.REFERENCE;
    }

    @Override
    public Map<String, Long> processes() {
        var pids = new TreeMap<String, Long>();
        platform.processes()
                .forEach(
                        part ->
                                pids.put(
                                        part.name().equals("kafka") ? BROKER : part.name(),
                                        part.process().pid()));
        return pids;
    }

    @Override
    public Plan.Places places(String directory) {
        return new Plan.Places(
                platform.kafka().bootstrapServers(),
                platform.registry().confluentUrl(),
                platform.coordinator().url(),
                platform.service(Member.ORDER_SERVICE).url(),
                directory);
    }

    /** Its services read their topics to the end; little is left in one window. */
    @Override
    public void tidy() {}

    @Override
    public void close() {
        platform.close();
    }
}
