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
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** What a running platform writes down for the other commands: its processes and if it is ready. */
record RunState(long launcher, String begun, boolean ready, List<Running> members) {

    /** One process of the platform. */
    record Running(String name, long pid) {}

    static RunState starting() {
        return of(false, List.of());
    }

    static RunState ready(List<ProcessPart> parts) {
        return of(
                true,
                parts.stream()
                        .map(part -> new Running(part.name(), part.process().pid()))
                        .toList());
    }

    private static RunState of(boolean ready, List<Running> members) {
        ProcessHandle self = ProcessHandle.current();
        return new RunState(self.pid(), begun(self), ready, members);
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
                                        new Running(
                                                name.substring("pid.NN.".length()),
                                                Long.parseLong(values.getProperty(name))))
                        .toList();
        var state =
                new RunState(
                        Long.parseLong(values.getProperty("launcher", "0")),
                        values.getProperty("begun", ""),
                        Boolean.parseBoolean(values.getProperty("ready")),
                        members);
        return Optional.of(state).filter(one -> one.process().isPresent());
    }

    /** The program that holds the platform; a process that only has its id does not count. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(launcher)
                .filter(ProcessHandle::isAlive)
                .filter(one -> begun(one).equals(begun));
    }

    void write(Home home) {
        var values = new Properties();
        values.setProperty("launcher", Long.toString(launcher));
        values.setProperty("begun", begun);
        values.setProperty("ready", Boolean.toString(ready));
        for (int i = 0; i < members.size(); i++) {
            Running one = members.get(i);
            values.setProperty("pid.%02d.%s".formatted(i, one.name()), Long.toString(one.pid()));
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

    String names() {
        return members.stream().map(Running::name).collect(Collectors.joining(", "));
    }

    private static String begun(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("");
    }
}
