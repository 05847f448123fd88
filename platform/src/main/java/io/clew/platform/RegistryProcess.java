package io.clew.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio Registry in a process of its own. With a broker given it keeps its content there, else
 * in memory. New schemas must be compatible with all earlier ones, both ways.
 */
public final class RegistryProcess implements ProcessPart, Infrastructure.Registry {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final Builder settings;
    private final ChildProcess process;

    private RegistryProcess(Builder settings) {
        this.settings = settings;
        this.process = program(settings).process(Map.of(), settings.log);
    }

    /** Settings of a registry that writes its log into the given directory. */
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
    public String confluentUrl() {
        return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(settings.port);
    }

    @Override
    public void launch() {
        process.start();
    }

    @Override
    public void awaitReady() {
        String health = "http://127.0.0.1:%d/health/ready".formatted(settings.managementPort);
        process.awaitReady(READY_LIMIT, () -> Http.isOk(health) && demandsCompatibility());
    }

    private boolean demandsCompatibility() {
        return Http.send(
                        "PUT",
                        confluentUrl() + "/config",
                        "application/vnd.schemaregistry.v1+json",
                        "{\"compatibility\":\"FULL_TRANSITIVE\"}")
                .filter(Http.Answer::isSuccess)
                .isPresent();
    }

    private static JavaProgram program(Builder settings) {
        var flags = new ArrayList<>(settings.jvmFlags);
        flags.add("-Dquarkus.http.host=127.0.0.1");
        flags.add("-Dquarkus.http.port=" + settings.port);
        flags.add("-Dquarkus.management.host=127.0.0.1");
        flags.add("-Dquarkus.management.port=" + settings.managementPort);
        flags.add("-Dquarkus.log.level=WARN");
        if (settings.bootstrapServers != null) {
            flags.add("-Dapicurio.storage.kind=kafkasql");
            flags.add("-Dapicurio.kafkasql.bootstrap.servers=" + settings.bootstrapServers);
            // Each start waits this long for a snapshot; 5 s by default, and there is none here.
            flags.add("-Dapicurio.kafkasql.consumer.poll.timeout=250");
        }
        return new JavaProgram(
                "registry",
                JvmProfile.SMALL,
                settings.heap,
                flags,
                List.of(PlatformHome.registryJar()),
                List.of());
    }

    /** Settings of a registry; everything but the directory has a default. */
    public static final class Builder {

        private int port = Ports.free();
        private int managementPort = Ports.free();
        private String heap = "192m";
        private @Nullable String bootstrapServers;
        private final List<String> jvmFlags = new ArrayList<>();
        private Path log;

        private Builder(Path directory) {
            this.log = directory.toAbsolutePath().resolve("registry.log");
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder managementPort(int value) {
            managementPort = value;
            return this;
        }

        /** Largest heap, for example {@code 256m}. */
        public Builder heap(String value) {
            heap = value;
            return this;
        }

        /** Keeps the schemas on this broker; without it they are lost with the process. */
        public Builder bootstrapServers(String value) {
            bootstrapServers = value;
            return this;
        }

        /** One flag more for the registry's JVM. */
        public Builder jvmFlag(String value) {
            jvmFlags.add(value);
            return this;
        }

        public Builder log(Path value) {
            log = value;
            return this;
        }

        /** A registry that does not run yet. */
        public RegistryProcess build() {
            return new RegistryProcess(this);
        }

        /** Starts the registry and returns when it answers. */
        public RegistryProcess start() {
            RegistryProcess registry = build();
            registry.start();
            return registry;
        }
    }
}
