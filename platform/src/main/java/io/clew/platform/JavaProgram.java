package io.clew.platform;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How to start one Java program: flags, class path, main class, arguments. */
record JavaProgram(
        String name,
        JvmProfile jvm,
        String heap,
        List<String> flags,
        List<Path> classPath,
        List<String> main) {

    JavaProgram {
        flags = List.copyOf(flags);
        classPath = List.copyOf(classPath);
        main = List.copyOf(main);
    }

    /** The program as a process that may be started again and again. */
    ChildProcess process(Map<String, String> environment, Path log) {
        return process(List.of(), environment, log);
    }

    /** The same behind a command that ends in running its arguments. */
    ChildProcess process(List<String> behind, Map<String, String> environment, Path log) {
        Optional<ClassArchive> archive = archive();
        Supplier<List<String>> command =
                () -> Stream.concat(behind.stream(), command(archive).stream()).toList();
        return new ChildProcess(
                new ChildProcess.Spec(name, command, environment, log, "TERM"),
                () -> archive.ifPresent(ClassArchive::keep));
    }

    /** What starts quickly uses one; what is measured runs from its own jars. */
    private Optional<ClassArchive> archive() {
        return switch (jvm) {
            case SMALL -> ClassArchive.of(name, classPath);
            case STEADY -> Optional.empty();
        };
    }

    private List<String> command(Optional<ClassArchive> archive) {
        var command = new ArrayList<String>();
        command.add(Jdk.java().toString());
        command.addAll(jvm.flags(heap));
        archive.ifPresent(one -> command.addAll(one.flags()));
        command.addAll(flags);
        if (main.isEmpty()) {
            command.addAll(List.of("-jar", classPath.get(0).toString()));
        } else {
            command.add("-cp");
            command.add(
                    classPath.stream()
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator)));
            command.addAll(main);
        }
        return command;
    }
}
