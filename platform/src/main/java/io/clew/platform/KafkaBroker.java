package io.clew.platform;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A real Kafka broker (one combined KRaft node) in a process of its own. */
public final class KafkaBroker implements ProcessPart, Infrastructure.Broker {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final int ADMIN_TIMEOUT_MS = 5_000;
    private static final String CLUSTER_ID = "Q2xld0xvY2FsQ2xldw";

    private final Builder settings;
    private final ChildProcess process;

    private KafkaBroker(Builder settings) {
        this.settings = settings;
        this.process = program(settings).process(Map.of(), settings.log);
    }

    /** A broker for a test: any free port, data in the given directory. */
    public static KafkaBroker start(Path directory) {
        return builder(directory).start();
    }

    /** Settings of a broker that keeps its data in the given directory. */
    public static Builder builder(Path directory) {
        return new Builder(directory);
    }

    @Override
    public ChildProcess process() {
        return process;
    }

    public int port() {
        return settings.port;
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port;
    }

    @Override
    public void launch() {
        writeProperties();
        process.start();
    }

    @Override
    public void awaitReady() {
        var client =
                Map.<String, Object>of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        process.awaitReady(READY_LIMIT, () -> !Ports.isFree(settings.port));
        try (Admin admin = Admin.create(client)) {
            process.awaitReady(READY_LIMIT, () -> answers(admin));
        }
    }

    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(ADMIN_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static JavaProgram program(Builder settings) {
        var flags = new ArrayList<>(settings.jvmFlags);
        flags.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        flags.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
        flags.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        return new JavaProgram(
                "kafka",
                settings.jvm,
                settings.heap,
                flags,
                PlatformHome.brokerClassPath(),
                List.of(
                        "io.clew.platform.broker.BrokerMain",
                        settings.propertiesFile().toString(),
                        CLUSTER_ID));
    }

    private void writeProperties() {
        var properties = new Properties();
        properties.putAll(settings.brokerProperties());
        try {
            Files.createDirectories(settings.directory);
            try (Writer writer =
                    Files.newBufferedWriter(settings.propertiesFile(), StandardCharsets.UTF_8)) {
                properties.store(writer, "Written at every start; changes here are lost");
            }
        } catch (IOException e) {
            throw new PlatformException(
                    "Expected to write " + settings.propertiesFile() + " but could not", e);
        }
    }

    /** Settings of a broker; everything but the directory has a default. */
    public static final class Builder {

        private final Path directory;
        private int port = Ports.free();
        private final int controllerPort = Ports.free();
        private String heap = "320m";
        private JvmProfile jvm = JvmProfile.SMALL;
        private final List<String> jvmFlags = new ArrayList<>();
        private final Map<String, String> extra = new LinkedHashMap<>();
        private Path log;

        private Builder(Path directory) {
            this.directory = directory.toAbsolutePath();
            this.log = this.directory.resolve("kafka.log");
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Largest heap, for example {@code 512m}. */
        public Builder heap(String value) {
            heap = value;
            return this;
        }

        /** What its JVM is made for. */
        public Builder jvm(JvmProfile value) {
            jvm = value;
            return this;
        }

        /** One broker property more, stronger than the defaults. */
        public Builder property(String name, String value) {
            extra.put(name, value);
            return this;
        }

        /** One flag more for the broker's JVM. */
        public Builder jvmFlag(String value) {
            jvmFlags.add(value);
            return this;
        }

        public Builder log(Path value) {
            log = value;
            return this;
        }

        /** A broker that does not run yet. */
        public KafkaBroker build() {
            return new KafkaBroker(this);
        }

        /** Starts the broker and returns when it answers. */
        public KafkaBroker start() {
            KafkaBroker broker = build();
            broker.start();
            return broker;
        }

        private Path propertiesFile() {
            return directory.resolve("server.properties");
        }

        private Map<String, String> brokerProperties() {
            var properties = new LinkedHashMap<String, String>();
            properties.put("process.roles", "broker,controller");
            properties.put("node.id", "1");
            properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
            properties.put(
                    "listeners",
                    "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                            .formatted(port, controllerPort));
            properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
            properties.put(
                    "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
            properties.put("controller.listener.names", "CONTROLLER");
            properties.put("inter.broker.listener.name", "PLAINTEXT");
            properties.put("log.dirs", directory.resolve("data").toString());
            properties.put("auto.create.topics.enable", "false");
            properties.put("default.replication.factor", "1");
            properties.put("min.insync.replicas", "1");
            properties.put("offsets.topic.num.partitions", "8");
            properties.put("offsets.topic.replication.factor", "1");
            properties.put("transaction.state.log.num.partitions", "8");
            properties.put("transaction.state.log.replication.factor", "1");
            properties.put("transaction.state.log.min.isr", "1");
            properties.put("share.coordinator.state.topic.replication.factor", "1");
            properties.put("share.coordinator.state.topic.min.isr", "1");
            // After a kill the broker may register again only when its old session is over.
            properties.put("broker.session.timeout.ms", "3000");
            properties.put("broker.heartbeat.interval.ms", "500");
            properties.put("group.initial.rebalance.delay.ms", "0");
            properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
            properties.put("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
            properties.putAll(extra);
            return properties;
        }
    }
}
