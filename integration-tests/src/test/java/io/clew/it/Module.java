package io.clew.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A module of the build, with the modules it may use. */
enum Module {
    SCHEMAS("schemas"),
    SAGA_CORE("saga-core"),
    SAGA_LANGUAGE("saga-language"),
    SAGA_TESTKIT("saga-testkit"),
    AVRO_SERDE("avro-serde"),
    PARTICIPANT("participant"),
    PLATFORM("platform"),
    VALIDATOR("validator"),
    COORDINATOR("coordinator"),
    ORDER_SERVICE("order-service"),
    PAYMENT_SERVICE("payment-service"),
    SHIPPING_SERVICE("shipping-service"),
    BENCHMARK("benchmark"),
    INTEGRATION_TESTS("integration-tests");

    private static final Path ROOT = Path.of(System.getProperty("clew.root", ".."));

    private final String directory;

    Module(String directory) {
        this.directory = directory;
    }

    static Path root() {
        return ROOT;
    }

    boolean mayUse(Module other) {
        return this == other || uses().contains(other);
    }

    private Set<Module> uses() {
        return switch (this) {
            case SCHEMAS, SAGA_CORE, AVRO_SERDE -> Set.of();
            case SAGA_LANGUAGE -> Set.of(SAGA_CORE, AVRO_SERDE);
            case SAGA_TESTKIT -> Set.of(SAGA_CORE, SAGA_LANGUAGE);
            case VALIDATOR -> Set.of(SAGA_CORE, SAGA_LANGUAGE, AVRO_SERDE);
            case PARTICIPANT, PLATFORM -> Set.of(AVRO_SERDE);
            case COORDINATOR -> Set.of(SAGA_CORE, SAGA_LANGUAGE, AVRO_SERDE, SCHEMAS);
            case ORDER_SERVICE, PAYMENT_SERVICE, SHIPPING_SERVICE ->
                    Set.of(PARTICIPANT, AVRO_SERDE, SCHEMAS);
            case BENCHMARK, INTEGRATION_TESTS -> Set.of(AVRO_SERDE, SCHEMAS, PLATFORM);
        };
    }

    /** What javac made of the module's main sources; absent while there are none. */
    Path classes() {
        return ROOT.resolve(directory).resolve("target/classes");
    }

    List<Path> mainSources() {
        return javaFiles(ROOT.resolve(directory).resolve("src/main/java"));
    }

    List<Path> testSources() {
        return javaFiles(ROOT.resolve(directory).resolve("src/test/java"));
    }

    static List<Path> sources() {
        return Arrays.stream(values())
                .flatMap(module -> Stream.of(module.mainSources(), module.testSources()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Path> javaFiles(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
