package io.clew.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads {@code .avsc} files, in the order of their paths. */
final class SchemaFiles {

    private static final String ENDING = ".avsc";

    private final Map<Path, String> texts = new TreeMap<>();

    SchemaFiles(List<Path> places) throws IOException {
        for (Path place : places) {
            for (Path file : files(place)) {
                texts.put(file, Files.readString(file));
            }
        }
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(Files::isRegularFile)
                    .filter(it -> it.equals(place) || it.toString().endsWith(ENDING))
                    .toList();
        }
    }

    /** What needs types of others is parsed after them, so what is left is tried once more. */
    List<Schema> schemas() {
        Map<String, Schema> known = new HashMap<>();
        List<Schema> parsed = new ArrayList<>();
        Map<Path, String> left = new TreeMap<>(texts);
        int before;
        do {
            before = left.size();
            left.entrySet().removeIf(file -> parses(file.getValue(), known, parsed));
        } while (left.size() < before);
        for (Map.Entry<Path, String> file : left.entrySet()) {
            throw refused(file.getKey(), file.getValue(), known);
        }
        return parsed;
    }

    private static boolean parses(String text, Map<String, Schema> known, List<Schema> parsed) {
        try {
            Schema schema = parse(text, known);
            known.put(schema.getFullName(), schema);
            return parsed.add(schema);
        } catch (AvroRuntimeException later) {
            return false;
        }
    }

    private static Schema parse(String text, Map<String, Schema> known) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException needsOthers) {
            return new Schema.Parser().addTypes(known.values()).parse(text);
        }
    }

    private static IllegalArgumentException refused(
            Path file, String text, Map<String, Schema> known) {
        try {
            Schema schema = parse(text, known);
            throw new IllegalStateException("Expected no schema in " + file + " but got " + schema);
        } catch (AvroRuntimeException e) {
            return new IllegalArgumentException(
                    "Expected an Avro schema in " + file + " but: " + e.getMessage(), e);
        }
    }
}
