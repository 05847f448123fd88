package io.clew.platform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One operating system process that this program starts, watches and ends; may be started again.
 */
public final class ChildProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int TAIL_LINES = 15;
    private static final Pattern OWN_VARIABLE =
            Pattern.compile("CLEW_([A-Z_]+_PORT|HOME|MIN_FREE_MB)");

    /** What to run; output goes to the log file, which is appended to. */
    record Spec(
            String name,
            Supplier<List<String>> command,
            Map<String, String> environment,
            Path log,
            String stopSignal) {

        Spec {
            environment = Map.copyOf(environment);
        }
    }

    private final Spec spec;
    private final Runnable afterCleanEnd;
    private @Nullable Process process;

    ChildProcess(Spec spec) {
        this(spec, () -> {});
    }

    ChildProcess(Spec spec, Runnable afterCleanEnd) {
        this.spec = spec;
        this.afterCleanEnd = afterCleanEnd;
    }

    /** The name used in messages. */
    public String name() {
        return spec.name();
    }

    /** The file that holds what the process printed. */
    public Path log() {
        return spec.log();
    }

    /** The id of the running process. */
    public long pid() {
        return current().pid();
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(
                    "Expected %s to be stopped but it runs".formatted(name()));
        }
        try {
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            var builder = new ProcessBuilder(spec.command().get());
            // What is meant for this program; an app would take it for a setting of its own.
            builder.environment().keySet().removeIf(OWN_VARIABLE.asMatchPredicate());
            builder.environment().putAll(spec.environment());
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
            Process started = builder.start();
            process = started;
            Leash.instance().hold(this, started.pid(), spec.stopSignal());
            releaseWhenGone(started);
        } catch (IOException e) {
            throw new PlatformException("Expected to start %s but could not".formatted(name()), e);
        }
    }

    /**
     * Ends the process cleanly, by force if it does not end in time; does nothing if it is gone.
     */
    public void stop() {
        Process running = running();
        if (running == null) {
            return;
        }
        signal("CONT");
        signal(spec.stopSignal());
        if (awaitExit(running, STOP_LIMIT)) {
            afterCleanEnd.run();
        } else {
            running.destroyForcibly();
            awaitExit(running, STOP_LIMIT);
        }
    }

    /** Ends the process at once (SIGKILL), with all its own children. */
    public void kill() {
        Process running = running();
        if (running != null) {
            killFamily(running.toHandle());
            awaitExit(running, STOP_LIMIT);
        }
    }

    /** Returns when all are gone: what they held together, such as shared memory, is free then. */
    static void killFamily(ProcessHandle process) {
        // Frozen first, it has no further child after its children have been counted.
        signal("STOP", process.pid());
        List<ProcessHandle> family =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        family.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : family) {
            try {
                one.onExit().get(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new PlatformException(
                        "Expected process %d to be gone but it is not".formatted(one.pid()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Freezes the process and its children (SIGSTOP); its sockets stay open and silent. */
    public void suspend() {
        signalFamily("STOP");
    }

    /** Lets a suspended process go on (SIGCONT). */
    public void resume() {
        signalFamily("CONT");
    }

    /** Resident memory of the process and its children in bytes; 0 if it is gone. */
    public long residentBytes() {
        Process running = running();
        return running == null ? 0 : Memory.residentBytes(running.toHandle());
    }

    /** Polls until the probe holds; fails with the end of the log if the process ends before. */
    void awaitReady(Duration limit, BooleanSupplier probe) {
        Instant end = Instant.now().plus(limit);
        while (Instant.now().isBefore(end)) {
            if (!isAlive()) {
                throw new PlatformException(
                        "Expected %s to become ready but it ended; the end of %s:%n%s"
                                .formatted(name(), log(), tail()));
            }
            if (probe.getAsBoolean() && isAlive()) {
                return;
            }
            pause();
        }
        throw new PlatformException(
                "Expected %s to be ready within %d s but it was not; see %s"
                        .formatted(name(), limit.toSeconds(), log()));
    }

    /** The last lines of the log. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
            int from = Math.max(0, lines.size() - TAIL_LINES);
            return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(no log)";
        }
    }

    private void releaseWhenGone(Process started) {
        Thread.ofVirtual()
                .name("await-end-of-" + name())
                .start(
                        () -> {
                            awaitExit(started, Duration.ofDays(365));
                            Leash.instance().release(this, started.pid());
                        });
    }

    private void signalFamily(String signal) {
        Process running = current();
        signal(signal, running.pid());
        running.descendants().forEach(child -> signal(signal, child.pid()));
    }

    private void signal(String signal) {
        signal(signal, current().pid());
    }

    private static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new PlatformException(
                    "Expected to signal process %d but could not".formatted(pid), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitExit(Process running, Duration limit) {
        try {
            return running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized @Nullable Process running() {
        return isAlive() ? process : null;
    }

    private synchronized Process current() {
        if (process == null) {
            throw new IllegalStateException(
                    "Expected %s to run but it was not started".formatted(name()));
        }
        return process;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while waiting for a process", e);
        }
    }
}
