package io.clew.platform;

import java.util.ArrayList;
import java.util.List;

/** Flags of the JVMs this program starts. */
final class JvmFlags {

    private static final int FIRST_WITH_ACCESS_WARNINGS = 24;

    private JvmFlags() {}

    static List<String> small(String heap) {
        return with("-Xms32m", "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    static List<String> steady(String heap) {
        return with("-Xms" + heap, "-Xmx" + heap, "-XX:+UseParallelGC");
    }

    private static List<String> with(String... first) {
        var flags = new ArrayList<>(List.of(first));
        flags.add("-Xss512k");
        flags.add("-XX:+ExitOnOutOfMemoryError");
        flags.add("-Dfile.encoding=UTF-8");
        flags.add("-Djava.net.preferIPv4Stack=true");
        if (Jdk.feature() >= FIRST_WITH_ACCESS_WARNINGS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return List.copyOf(flags);
    }
}
