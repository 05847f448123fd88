package io.clew.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clew.benchmark.load.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what was measured: JSON for programs, a table for people. */
final class ResultFiles {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFiles() {}

    /** The whole of a results file. */
    record Results(
            Map<String, Object> machine,
            Settings settings,
            Map<String, Object> fixed,
            Map<String, String> commandLines,
            List<Report.Row> table,
            List<Measured> measured) {}

    /** Returns the table. */
    static String write(Path directory, Settings settings, Suite.Results results) {
        List<Report.Row> rows = new ArrayList<>(Report.rows(results.measured()));
        rows.addAll(results.many());
        String table = TextTable.of(rows) + System.lineSeparator() + notes(settings, results);
        try {
            JSON.writeValue(
                    directory.resolve("results.json").toFile(),
                    new Results(
                            machine(),
                            settings,
                            fixed(settings),
                            results.commandLines(),
                            rows,
                            results.measured()));
            Files.writeString(directory.resolve("results.txt"), table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private static Map<String, Object> machine() {
        return Map.of(
                "cores", Runtime.getRuntime().availableProcessors(),
                "os", System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "jvm", System.getProperty("java.vm.version"));
    }

    private static Map<String, Object> fixed(Settings settings) {
        return Map.of(
                "partitions per topic",
                Cluster.PARTITIONS,
                "producers",
                new TreeMap<>(Clients.PRODUCER),
                "consumers",
                new TreeMap<>(Clients.CONSUMER),
                "floor",
                "8 records of 200 B and 4 of 400 B per saga, no headers, no engine",
                "durability",
                settings.durability().toString());
    }

    private static String notes(Settings settings, Suite.Results results) {
        var text = new StringBuilder();
        text.append("machine: ").append(machine()).append(System.lineSeparator());
        text.append("fixed: ").append(fixed(settings)).append(System.lineSeparator());
        results.commandLines().entrySet().stream()
                .filter(one -> !one.getKey().contains("worker"))
                .forEach(
                        one ->
                                text.append(one.getKey())
                                        .append(": ")
                                        .append(one.getValue())
                                        .append(System.lineSeparator()));
        return text.toString();
    }
}
