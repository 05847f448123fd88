package io.clew.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resident memory of processes, as the system counts it. */
final class Memory {

    private static final int KIB = 1024;

    private Memory() {}

    /**
     * Sum over a process and its descendants. Where the system tells the proportional share of
     * memory used by several processes (Linux), each page counts once.
     */
    static long residentBytes(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(one -> residentBytes(one.pid()))
                .sum();
    }

    private static long residentBytes(long pid) {
        var rollup = Path.of("/proc/" + pid + "/smaps_rollup");
        if (Files.isReadable(rollup)) {
            try (Stream<String> lines = Files.lines(rollup)) {
                return lines.filter(line -> line.startsWith("Pss:")).mapToLong(Memory::kib).sum()
                        * KIB;
            } catch (IOException e) {
                return 0;
            }
        }
        return fromPs(pid);
    }

    private static long kib(String line) {
        String digits =
                line.chars()
                        .filter(Character::isDigit)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static long fromPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            return kib(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    * KIB;
        } catch (IOException e) {
            return 0;
        }
    }
}
