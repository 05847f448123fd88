package io.clew.platform.command;

import io.clew.platform.Member;
import io.clew.platform.PlatformHome;
import io.clew.platform.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A copy of the {@code clew} script in a repository of empty modules, with a Maven that notes what
 * it is asked for and makes the outputs, and a JDK whose programs do nothing.
 */
final class ScriptSandbox {

    private static final List<String> APPS =
            List.of("coordinator", "order-service", "payment-service", "shipping-service");
    private static final String MAVEN =
            """
            #!/bin/sh
            echo "$@" >> mvn.log
            for module in $(echo "$@" | sed -n 's/.*-pl \\([^ ]*\\).*/\\1/p' | tr , ' '); do
              mkdir -p $module/target/lib $module/target/registry $module/target/quarkus-app
              : > $module/target/$module-1.jar
              : > $module/target/quarkus-app/quarkus-run.jar
            done
            if [ -f report.xml ]; then
              mkdir -p platform/target/surefire-reports
              cp report.xml platform/target/surefire-reports/TEST-report.xml
            fi
            exit "${MAVEN_STATUS:-0}"
            """;

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    /** How a run of the script ended. */
    record Ended(int status, List<String> lines) {

        String last() {
            return lines.get(lines.size() - 1);
        }
    }

    ScriptSandbox(Path root) throws IOException {
        this.root = root;
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        program("clew", Files.readString(original(), StandardCharsets.UTF_8));
        program("bin/mvn", MAVEN);
        program("jdk/bin/java", "#!/bin/sh\n");
        program("jdk/bin/javac", "#!/bin/sh\n");
        file("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
        for (String app : APPS) {
            file(app + "/src/main/App.java", "");
        }
        file("platform/src/main/Main.java", "");
        file("platform/pom.xml", "");
        file("pom.xml", "");
        environment.put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", root.resolve("jdk").toString());
        environment.put("HOME", root.toString());
        environment.put("CLEW_HOME", home().toString());
        for (Member member : Member.values()) {
            environment.put(member.portVariable(), Integer.toString(Ports.free()));
        }
    }

    static Path original() {
        return PlatformHome.repository().resolve("clew");
    }

    Path home() {
        return root.resolve("home");
    }

    ScriptSandbox with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Writes a file, with the directories it is in. */
    void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** Changes the script itself, for what cannot be arranged around it. */
    void replaceInScript(String text, String by) throws IOException {
        String script = Files.readString(original(), StandardCharsets.UTF_8);
        if (!script.contains(text)) {
            throw new IllegalArgumentException("Expected the script to hold: " + text);
        }
        program("clew", script.replace(text, by));
    }

    /** What Maven was asked to build, each time. */
    List<String> builds() throws IOException {
        Path log = root.resolve("mvn.log");
        if (!Files.exists(log)) {
            return List.of();
        }
        try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.map(line -> line.replaceAll(".*-pl (\\S+).*", "$1"))
                    .collect(Collectors.toList());
        }
    }

    Ended clew(String... arguments) throws Exception {
        return run(List.of(), arguments);
    }

    /** Runs the script by another program, such as one that changes the user. */
    Ended run(List<String> prefix, String... arguments) throws Exception {
        var command = new ArrayList<>(prefix);
        command.add(root.resolve("clew").toString());
        command.addAll(List.of(arguments));
        Path output = root.resolve("output.txt");
        var builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("Expected the script to end but it runs on");
        }
        return new Ended(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
    }

    private void program(String path, String text) throws IOException {
        file(path, text);
        Files.setPosixFilePermissions(
                root.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
