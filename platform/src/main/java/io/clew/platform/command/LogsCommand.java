package io.clew.platform.command;

import io.clew.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clew logs}: shows the log of one process. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show the last lines of a log.")
final class LogsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "such as coordinator, kafka, order-service")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what is added.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            description = "How many lines (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int lines;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.ofThisMachine();
        Path log = home.log(name);
        if (!Files.exists(log)) {
            throw new PlatformException(
                    "Expected the name of a log but '%s' is none; there are: %s"
                            .formatted(name, names(home)));
        }
        var command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
        if (follow) {
            command.add("-F");
        }
        command.add(log.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static String names(Home home) throws IOException {
        Path directory = home.directory().resolve("logs");
        if (!Files.exists(directory)) {
            return "none yet";
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.log$", ""))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
