package io.clew.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One plain Java program, such as a worker, in a process of its own. */
public final class ProgramProcess implements ProcessPart {

    private static final Duration READY_LIMIT = Duration.ofMinutes(1);

    private final Path sign;
    private final ChildProcess process;

    private ProgramProcess(Builder settings) {
        this.sign = settings.sign;
        var main = new ArrayList<String>();
        main.add(settings.main);
        main.addAll(settings.arguments);
        this.process =
                new JavaProgram(
                                settings.name,
                                settings.jvm,
                                settings.heap,
                                List.of(),
                                settings.classPath,
                                main)
                        .process(Map.of(), settings.log);
    }

    /**
     * Settings of a program that writes a file as its sign of being ready, or of having done what
     * it was started for.
     */
    public static Builder builder(String name, String mainClass, Path sign) {
        return new Builder(name, mainClass, sign);
    }

    /** The class path this program itself runs with. */
    public static List<Path> ownClassPath() {
        return Arrays.stream(
                        System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    @Override
    public ChildProcess process() {
        return process;
    }

    @Override
    public void launch() {
        process.start();
    }

    @Override
    public void awaitReady() {
        awaitSign(READY_LIMIT);
    }

    /** Returns when the program has given its sign; fails with the end of its log if it ended. */
    public void awaitSign(Duration limit) {
        process.awaitReady(limit, () -> Files.exists(sign));
    }

    /** Settings of a program. */
    public static final class Builder {

        private final String name;
        private final String main;
        private final Path sign;
        private final List<String> arguments = new ArrayList<>();
        private List<Path> classPath = ownClassPath();
        private String heap = "256m";
        private JvmProfile jvm = JvmProfile.STEADY;
        private Path log;

        private Builder(String name, String main, Path sign) {
            this.name = name;
            this.main = main;
            this.sign = sign;
            this.log = sign.resolveSibling(name + ".log");
        }

        /** One argument of its main method more. */
        public Builder argument(String value) {
            arguments.add(value);
            return this;
        }

        /** Another class path than this program's own. */
        public Builder classPath(List<Path> value) {
            classPath = List.copyOf(value);
            return this;
        }

        /** Largest heap, for example {@code 256m}. */
        public Builder heap(String value) {
            heap = value;
            return this;
        }

        /** What its JVM is made for. */
        public Builder jvm(JvmProfile value) {
            jvm = value;
            return this;
        }

        public Builder log(Path value) {
            log = value;
            return this;
        }

        /** A program that does not run yet. */
        public ProgramProcess build() {
            return new ProgramProcess(this);
        }
    }
}
