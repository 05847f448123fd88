package io.clew.platform;

import java.util.ArrayList;
import java.util.List;

/** Flags that make a JVM small and quick to start on a developer's machine. */
final class JvmFlags {

    private static final int FIRST_WITH_ACCESS_WARNINGS = 24;

    private JvmFlags() {}

    static List<String> small() {
        var flags = new ArrayList<String>();
        flags.add("-XX:+UseSerialGC");
        flags.add("-XX:TieredStopAtLevel=1");
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
