package io.clew.platform.command;

import io.clew.platform.Jdk;
import io.clew.platform.PlatformException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Starts {@code clew up} as a program of its own and shows what it says until it is ready. */
final class DetachedUp {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Home home;
    private final PrintStream out;

    DetachedUp(Home home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    int run() throws InterruptedException {
        Path log = home.log("platform");
        Process process = spawn(log);
        Instant end = Instant.now().plus(LIMIT);
        long shown = 0;
        while (Instant.now().isBefore(end)) {
            boolean alive = process.isAlive();
            boolean ready =
                    RunState.read(home)
                            .filter(one -> one.launcher().pid() == process.pid() && one.ready())
                            .isPresent();
            shown = show(log, shown);
            if (ready) {
                return 0;
            }
            if (!alive) {
                return process.exitValue();
            }
            Thread.sleep(PAUSE);
        }
        process.destroy();
        throw new PlatformException(
                "Expected the platform to be ready within %d s but it was not; see %s"
                        .formatted(LIMIT.toSeconds(), log));
    }

    private static Process spawn(Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().resolveSibling("."));
            Files.deleteIfExists(log);
            // The nohup keeps it running when the terminal is closed.
            return new ProcessBuilder(
                            "nohup",
                            Jdk.java().toString(),
                            "-Xmx96m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dslf4j.internal.verbosity=ERROR",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "up")
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new PlatformException("Expected to start the platform but could not", e);
        }
    }

    private long show(Path log, long from) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] more = new byte[(int) (file.length() - from)];
            file.readFully(more);
            String text = new String(more, StandardCharsets.UTF_8);
            // Only whole lines: the rest comes with the next look.
            int length = text.lastIndexOf('\n') + 1;
            String lines = text.substring(0, length).replaceAll("(?m)^nohup: .*\\R", "");
            out.print(lines);
            out.flush();
            return from + text.substring(0, length).getBytes(StandardCharsets.UTF_8).length;
        } catch (IOException e) {
            return from;
        }
    }
}
