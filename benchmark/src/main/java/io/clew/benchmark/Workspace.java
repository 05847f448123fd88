package io.clew.benchmark;

import io.clew.platform.PlatformException;
import io.clew.platform.PlatformHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a run keeps its results, and the data of its processes, which the next run deletes if this
 * one could not.
 *
 * @param results for people, one directory a run
 * @param data of broker and coordinator; large
 */
record Workspace(Path results, Path data, FileChannel lock) implements AutoCloseable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** In {@code .clew} of the repository, or where {@code CLEW_HOME} says. */
    static Workspace open(Instant now) throws IOException {
        String given = System.getenv("CLEW_HOME");
        Path home =
                given == null
                        ? PlatformHome.repository().resolve(".clew")
                        : Path.of(given).toAbsolutePath();
        Path bench = home.resolve("bench");
        Path results = bench.resolve(TIME.format(now));
        Files.createDirectories(results);
        FileChannel channel = lock(bench.resolve("lock"));
        Path data = bench.resolve("data");
        delete(data);
        Files.createDirectories(data);
        return new Workspace(results, data, channel);
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new PlatformException("Another ./clew bench runs; two would measure each other");
        }
        return channel;
    }

    /** Takes the logs of the processes to the results. */
    void keepLogs() throws IOException {
        keep(data.resolve("logs"), results.resolve("logs"));
        keep(data.resolve("reference/logs"), results.resolve("logs-reference"));
    }

    private static void keep(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to);
        }
    }

    void deleteData() {
        delete(data);
    }

    static void delete(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
