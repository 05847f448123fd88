package io.clew.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One Quarkus app, packaged by Quarkus, in a process of its own. */
public final class AppProcess implements ProcessPart {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final String host;
    private final int port;
    private final ChildProcess process;

    private AppProcess(Builder settings) {
        this.host = settings.host;
        this.port = settings.port;
        var flags = new ArrayList<String>();
        settings.settings.forEach((key, value) -> flags.add("-D%s=%s".formatted(key, value)));
        flags.addAll(settings.jvmFlags);
        var environment = new LinkedHashMap<>(settings.environment);
        environment.put("QUARKUS_HTTP_HOST", settings.host);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.port));
        this.process =
                new JavaProgram(
                                settings.name,
                                settings.jvm,
                                settings.heap,
                                flags,
                                List.of(settings.jar),
                                List.of())
                        .process(settings.behind, environment, settings.log);
    }

    /** Settings of the app whose module directory and build output are given. */
    public static Builder builder(String name, Path module) {
        return new Builder(name, module);
    }

    @Override
    public ChildProcess process() {
        return process;
    }

    public int port() {
        return port;
    }

    /** Where the app's REST API begins, without a slash at the end. */
    public String url() {
        return "http://" + host + ":" + port;
    }

    @Override
    public void launch() {
        if (!Ports.isFree(port)) {
            throw new PlatformException(
                    "Expected port %d for %s but another program has it".formatted(port, name()));
        }
        process.start();
    }

    /** Returns when this process, not another on its port, says that it is ready. */
    @Override
    public void awaitReady() {
        awaitReady(READY_LIMIT);
    }

    /** As {@link #awaitReady()}, with a limit. */
    public void awaitReady(Duration limit) {
        process.awaitReady(limit, this::isReady);
    }

    /** Whether the app says that it is ready now. */
    public boolean isReady() {
        return isAlive() && Http.isOk(url() + "/q/health/ready");
    }

    /** Settings of an app. */
    public static final class Builder {

        private final String name;
        private final Path jar;
        private String host = "127.0.0.1";
        private List<String> behind = List.of();
        private int port = Ports.free();
        private String heap = "160m";
        private JvmProfile jvm = JvmProfile.SMALL;
        private Path log;
        private final List<String> jvmFlags = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> settings = new LinkedHashMap<>();

        private Builder(String name, Path module) {
            this.name = name;
            Path target = module.toAbsolutePath().resolve("target");
            this.jar = target.resolve("quarkus-app").resolve("quarkus-run.jar");
            this.log = target.resolve(name + ".log");
            settings.put("org.apache.avro.SERIALIZABLE_PACKAGES", "io.clew");
            settings.put("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * Runs it behind a command that ends in running its arguments, such as one that enters a
         * network namespace; it listens at that address.
         */
        public Builder behind(List<String> command, String address) {
            behind = List.copyOf(command);
            host = address;
            return this;
        }

        /** Largest heap, for example {@code 192m}. */
        public Builder heap(String value) {
            heap = value;
            return this;
        }

        /** What its JVM is made for. */
        public Builder jvm(JvmProfile value) {
            jvm = value;
            return this;
        }

        /** One environment variable; the right place for a password. */
        public Builder environment(String key, String value) {
            environment.put(key, value);
            return this;
        }

        /** One setting, given as a system property; stronger than the environment. */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** One flag more for the app's JVM. */
        public Builder jvmFlag(String value) {
            jvmFlags.add(value);
            return this;
        }

        public Builder log(Path value) {
            log = value;
            return this;
        }

        /** An app that does not run yet. */
        public AppProcess build() {
            if (!Files.exists(jar)) {
                throw new PlatformException(
                        "Expected %s but it is not there; build it with: mvn -Dquick package"
                                .formatted(jar));
            }
            return new AppProcess(this);
        }

        /** Starts the app and returns when it is ready. */
        public AppProcess start() {
            AppProcess app = build();
            app.start();
            return app;
        }
    }
}
