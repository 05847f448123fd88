package io.clew.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads from {@code /proc} what processes have used.
 *
 * @param pids process ids by name
 */
public record Meter(Map<String, Long> pids) {

    /** USER_HZ, which is 100 on every Linux this runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double KIB_PER_MIB = 1024;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int TICKS_OF_ENDED_CHILDREN = 13;
    private static final int SYSTEM_TICKS_OF_ENDED_CHILDREN = 14;

    /** Copies the ids. */
    public Meter {
        pids = Map.copyOf(pids);
    }

    /** CPU-seconds so far, by process. */
    public Map<String, Double> cpuSeconds() {
        var all = new TreeMap<String, Double>();
        pids.forEach((name, pid) -> all.put(name, cpuSeconds(pid)));
        return all;
    }

    /** What the processes have used since an earlier reading. */
    public Map<String, Outcome.Use> since(Map<String, Double> before) {
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

    /** Of the process and all its children, since a database works in them. */
    private static double cpuSeconds(long pid) {
        return own(read(stat(pid)))
                + ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToDouble(child -> ownIfThere(child.pid()))
                        .sum();
    }

    private static Path stat(long pid) {
        return Path.of("/proc/" + pid + "/stat");
    }

    /** Children come and go meanwhile. */
    private static double ownIfThere(long pid) {
        try {
            return own(Files.readString(stat(pid)));
        } catch (IOException gone) {
            return 0;
        }
    }

    private static double own(String stat) {
        // The name of the program, in brackets, may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return IntStream.of(
                                USER_TICKS,
                                SYSTEM_TICKS,
                                TICKS_OF_ENDED_CHILDREN,
                                SYSTEM_TICKS_OF_ENDED_CHILDREN)
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum()
                / TICKS_PER_SECOND;
    }

    /** Resident memory of a process now. */
    public double residentMib(String process) {
        return statusMib(Objects.requireNonNull(pids.get(process), process), "VmRSS:");
    }

    private static double peakRssMib(long pid) {
        return statusMib(pid, "VmHWM:");
    }

    private static double statusMib(long pid, String field) {
        try (Stream<String> lines = read(Path.of("/proc/" + pid + "/status")).lines()) {
            return lines.filter(line -> line.startsWith(field))
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
