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
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A real Kafka broker (one combined KRaft node) in a process of its own; alone, or one of several.
 */
public final class KafkaBroker implements ProcessPart, Infrastructure.Broker {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final int ADMIN_TIMEOUT_MS = 5_000;
    private static final String CLUSTER_ID = "Q2xld0xvY2FsQ2xldw";
    private static final List<String> REPLICATED =
            List.of(
                    "default.replication.factor",
                    "offsets.topic.replication.factor",
                    "transaction.state.log.replication.factor",
                    "share.coordinator.state.topic.replication.factor");
    private static final List<String> IN_SYNC =
            List.of(
                    "min.insync.replicas",
                    "transaction.state.log.min.isr",
                    "share.coordinator.state.topic.min.isr");

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

    /** Brokers that are one cluster, on free ports, each in a directory of its own. */
    public static List<Builder> cluster(Path directory, int size) {
        var members = new ArrayList<Builder>();
        for (int node = 1; node <= size; node++) {
            members.add(builder(directory.resolve("kafka-" + node)).node(node));
        }
        String voters = members.stream().map(Builder::voter).collect(Collectors.joining(","));
        int majority = size / 2 + 1;
        members.forEach(member -> member.quorum(voters).replicas(size, majority));
        return List.copyOf(members);
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers(settings.port);
    }

    private static String bootstrapServers(int port) {
        return "127.0.0.1:" + port;
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
        private int node = 1;
        private String heap = "320m";
        private JvmProfile jvm = JvmProfile.SMALL;
        private final List<String> jvmFlags = new ArrayList<>();
        private final Map<String, String> extra = new LinkedHashMap<>();
        private final Map<String, Listener> listeners = new LinkedHashMap<>();
        private Path log;

        private Builder(Path directory) {
            this.directory = directory.toAbsolutePath();
            this.log = this.directory.resolve("kafka.log");
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        private Builder node(int value) {
            node = value;
            return this;
        }

        private String voter() {
            return "%d@127.0.0.1:%d".formatted(node, controllerPort);
        }

        private Builder quorum(String voters) {
            return property("controller.quorum.voters", voters);
        }

        private Builder replicas(int all, int inSync) {
            REPLICATED.forEach(name -> property(name, Integer.toString(all)));
            IN_SYNC.forEach(name -> property(name, Integer.toString(inSync)));
            return this;
        }

        /** One listener more, with the address clients are told to use. */
        public Builder listener(String name, int listensOn, String advertised) {
            listeners.put(name, new Listener(listensOn, advertised));
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
            properties.put("node.id", Integer.toString(node));
            properties.put("controller.quorum.voters", voter());
            listeners(properties);
            properties.put("controller.listener.names", "CONTROLLER");
            properties.put("inter.broker.listener.name", "PLAINTEXT");
            properties.put("log.dirs", directory.resolve("data").toString());
            properties.put("auto.create.topics.enable", "false");
            REPLICATED.forEach(name -> properties.put(name, "1"));
            IN_SYNC.forEach(name -> properties.put(name, "1"));
            properties.put("offsets.topic.num.partitions", "8");
            properties.put("transaction.state.log.num.partitions", "8");
            // After a kill the broker may register again only when its old session is over.
            properties.put("broker.session.timeout.ms", "3000");
            properties.put("broker.heartbeat.interval.ms", "500");
            properties.put("group.initial.rebalance.delay.ms", "0");
            properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
            properties.put("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
            properties.putAll(extra);
            return properties;
        }

        private void listeners(Map<String, String> properties) {
            var listening = new ArrayList<String>();
            var advertised = new ArrayList<String>();
            var protocols = new ArrayList<String>();
            listening.add("CONTROLLER://127.0.0.1:" + controllerPort);
            protocols.add("CONTROLLER:PLAINTEXT");
            var all = new LinkedHashMap<String, Listener>();
            all.put("PLAINTEXT", new Listener(port, bootstrapServers(port)));
            all.putAll(listeners);
            all.forEach(
                    (name, one) -> {
                        listening.add("%s://127.0.0.1:%d".formatted(name, one.listensOn()));
                        advertised.add("%s://%s".formatted(name, one.advertised()));
                        protocols.add(name + ":PLAINTEXT");
                    });
            properties.put("listeners", String.join(",", listening));
            properties.put("advertised.listeners", String.join(",", advertised));
            properties.put("listener.security.protocol.map", String.join(",", protocols));
        }

        private record Listener(int listensOn, String advertised) {}
    }
}
