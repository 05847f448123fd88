package io.clew.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads from {@code /proc} what processes have used. */
record Meter(Map<String, Long> pids) {

    /** USER_HZ, which is 100 on every Linux this runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double KIB_PER_MIB = 1024;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    /** CPU-seconds so far, by process. */
    Map<String, Double> cpuSeconds() {
        var all = new TreeMap<String, Double>();
        pids.forEach((name, pid) -> all.put(name, cpuSeconds(pid)));
        return all;
    }

    /** What the processes have used since an earlier reading. */
    Map<String, Outcome.Use> since(Map<String, Double> before) {
        var all = new TreeMap<String, Outcome.Use>();
        pids.forEach(
                (name, pid) ->
                        all.put(
                                name,
                                new Outcome.Use(
                                        cpuSeconds(pid) - before.getOrDefault(name, 0.0),
                                        peakRssMib(pid))));
        return all;
    }

    private static double cpuSeconds(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        // The name of the program, in brackets, may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
                / TICKS_PER_SECOND;
    }

    private static double peakRssMib(long pid) {
        try (Stream<String> lines = read(Path.of("/proc/" + pid + "/status")).lines()) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / KIB_PER_MIB;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
