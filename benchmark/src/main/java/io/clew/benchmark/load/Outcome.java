package io.clew.benchmark.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * What one driver measured.
 *
 * @param seconds length of the window
 * @param ended sagas that ended in it
 * @param compensated how many of those were compensated
 * @param unfinished sagas that had not ended in time after the last start, and queries that failed;
 *     0 or the run is bad
 * @param latency from the due time of the start to the seen end
 * @param running from the start's place on the inbox to the input that ended the saga, by log time
 * @param after the same of the sagas that ended after the window; only from 10 s after the last
 *     start on, if it took so long
 * @param drainSeconds how long after the last start the last saga ended
 * @param processes what the metered processes used
 */
public record Outcome(
        double seconds,
        long ended,
        long compensated,
        long unfinished,
        Latency latency,
        Latency running,
        Latency after,
        double drainSeconds,
        Map<String, Use> processes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the uses. */
    public Outcome {
        processes = Map.copyOf(processes);
    }

    /** Milliseconds. */
    public record Latency(double p50, double p95, double p99, double max) {
        /** Of nothing. */
        static final Latency NONE = new Latency(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * What a process used.
     *
     * @param cpuSeconds in the window, all threads, user and system
     * @param peakRssMib since it started
     */
    public record Use(double cpuSeconds, double peakRssMib) {}

    /** Sagas that ended per second. */
    public double perSecond() {
        return ended / seconds;
    }

    /** CPU-seconds per 1000 sagas of all processes whose name begins so. */
    public double cpuPerThousand(String prefix) {
        return ended == 0 ? Double.NaN : cpuSeconds(prefix) * 1000 / ended;
    }

    /** CPU-seconds used per second by all processes whose name begins so. */
    public double cores(String prefix) {
        return cpuSeconds(prefix) / seconds;
    }

    private double cpuSeconds(String prefix) {
        return processes.entrySet().stream()
                .filter(one -> one.getKey().startsWith(prefix))
                .mapToDouble(one -> one.getValue().cpuSeconds())
                .sum();
    }

    /** Reads what a driver has written. */
    public static Outcome read(Path file) {
        try {
            return JSON.readValue(file.toFile(), Outcome.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            JSON.writeValue(draft.toFile(), this);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
