package io.clew.platform.command;

import io.clew.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code clew reset}: forgets everything the stopped platform has kept. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = "Delete all data and logs of the stopped platform.")
final class ResetCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Home home = Home.ofThisMachine();
        try (RunLock lock =
                RunLock.take(home)
                        .orElseThrow(
                                () ->
                                        new PlatformException(
                                                "Clew runs; stop it first: ./clew down"))) {
            List<Path> deepestFirst;
            try (Stream<Path> all = Files.walk(home.directory())) {
                deepestFirst =
                        all.filter(path -> !path.equals(home.directory()))
                                .filter(path -> lock.lock().isValid())
                                .sorted(Comparator.reverseOrder())
                                .toList();
            }
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
        System.out.println("All data of the platform is deleted.");
        return 0;
    }
}
