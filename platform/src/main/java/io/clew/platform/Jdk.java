package io.clew.platform;

import java.nio.file.Files;
import java.nio.file.Path;

/** The JDK that runs this program; child processes run on the same. */
public final class Jdk {

    private Jdk() {}

    /** The {@code java} program for child processes. */
    public static Path java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new PlatformException(
                    "Expected a java program at " + java + " but there is none");
        }
        return java;
    }

    /** The feature version, for example 25. */
    public static int feature() {
        return Runtime.version().feature();
    }
}
