package io.clew.platform;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the build of module platform has put the broker's jars and the registry. */
public final class PlatformHome {

    private PlatformHome() {}

    /** The directory {@code platform/target}. */
    static Path directory() {
        String given = System.getProperty("clew.platform.home");
        return given == null ? codeSource().resolveSibling(".").normalize() : Path.of(given);
    }

    /** The repository this platform was built in. */
    public static Path repository() {
        return directory().toAbsolutePath().resolve("../..").normalize();
    }

    /** The jar or class directory this class comes from. */
    static Path codeSource() {
        try {
            return Path.of(
                    PlatformHome.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Expected the code source to be a file", e);
        }
    }

    /** Our own classes first, then every jar of the broker, in a stable order. */
    static List<Path> brokerClassPath() {
        Path directory = require(directory().resolve("kafka-lib"));
        try (Stream<Path> jars = Files.list(directory)) {
            Stream<Path> sorted = jars.filter(jar -> jar.toString().endsWith(".jar")).sorted();
            return Stream.concat(Stream.of(codeSource()), sorted).toList();
        } catch (IOException e) {
            throw new PlatformException("Expected to read " + directory + " but could not", e);
        }
    }

    static Path registryJar() {
        return require(directory().resolve("registry").resolve("quarkus-run.jar"));
    }

    private static Path require(Path path) {
        if (!Files.exists(path)) {
            throw new PlatformException(
                    "Expected %s but it is missing; build it with: mvn -Dquick -pl platform package"
                            .formatted(path));
        }
        return path;
    }
}
