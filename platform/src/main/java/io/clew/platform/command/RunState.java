package io.clew.platform.command;

import io.clew.platform.PlatformException;
import io.clew.platform.ProcessPart;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What a running platform writes down for the other commands, and for the script.
 *
 * @param stopped the members that were stopped on request
 */
record RunState(Running launcher, boolean ready, List<Running> members, Set<String> stopped) {

    private static final String LAUNCHER = "launcher";

    /** Clocks wobble by a second; a process that has another's id by now began much later. */
    private static final long WOBBLE_SECONDS = 2;

    /**
     * One process of the platform.
     *
     * @param begun when it began, in seconds since 1970
     */
    record Running(String name, long pid, long begun) {

        static Running of(String name, long pid) {
            return new Running(name, pid, ProcessHandle.of(pid).map(Running::begun).orElse(0L));
        }

        private static Running parse(String name, String text) {
            if (!text.matches("\\d{1,18} \\d{1,18}")) {
                return new Running(name, 0, 0);
            }
            String[] numbers = text.split(" ");
            return new Running(name, Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        }

        private String text() {
            return pid + " " + begun;
        }

        /** Empty if it is gone; a process that only has its id does not count. */
        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(one -> Math.abs(begun(one) - begun) <= WOBBLE_SECONDS);
        }

        private static long begun(ProcessHandle process) {
            return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
        }
    }

    static RunState starting() {
        return of(false, List.of(), Set.of());
    }

    static RunState ready(List<ProcessPart> parts, Set<String> stopped) {
        return of(
                true,
                parts.stream().map(part -> Running.of(part.name(), part.process().pid())).toList(),
                stopped);
    }

    private static RunState of(boolean ready, List<Running> members, Set<String> stopped) {
        return new RunState(
                Running.of(LAUNCHER, ProcessHandle.current().pid()), ready, members, stopped);
    }

    /** The state of the platform that runs now; empty if the program that wrote it is gone. */
    static Optional<RunState> read(Home home) {
        Path file = home.stateFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var values = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            values.load(reader);
        } catch (IOException e) {
            throw new PlatformException("Expected to read " + file + " but could not", e);
        }
        List<Running> members =
                values.stringPropertyNames().stream()
                        .filter(name -> name.startsWith("pid."))
                        .sorted()
                        .map(
                                name ->
                                        Running.parse(
                                                name.substring("pid.NN.".length()),
                                                values.getProperty(name)))
                        .toList();
        var state =
                new RunState(
                        Running.parse(LAUNCHER, values.getProperty(LAUNCHER, "0 0")),
                        Boolean.parseBoolean(values.getProperty("ready")),
                        members,
                        Set.of(values.getProperty("stopped", "").split(",")));
        return Optional.of(state).filter(one -> one.launcher().process().isPresent());
    }

    void write(Home home) {
        var values = new Properties();
        values.setProperty(LAUNCHER, launcher.text());
        values.setProperty("ready", Boolean.toString(ready));
        values.setProperty("stopped", String.join(",", stopped));
        for (int i = 0; i < members.size(); i++) {
            Running one = members.get(i);
            values.setProperty("pid.%02d.%s".formatted(i, one.name()), one.text());
        }
        Path file = home.stateFile();
        try {
            Path draft = file.resolveSibling("state.draft");
            try (Writer writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
                values.store(writer, null);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PlatformException("Expected to write " + file + " but could not", e);
        }
    }
}
