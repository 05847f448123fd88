package io.clew.platform.command;

import io.clew.platform.PlatformException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code clew test} in the help; the script itself does it, for it needs no built platform. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Build everything, run every test and end with their number.")
final class TestCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new PlatformException("Expected to be run by the script: ./clew test");
    }
}
