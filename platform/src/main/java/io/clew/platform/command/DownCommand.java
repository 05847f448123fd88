package io.clew.platform.command;

import io.clew.platform.PlatformException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** {@code clew down}: stops a running platform cleanly. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop the platform; its data stays.")
final class DownCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public Integer call() throws InterruptedException {
        Optional<RunState> state = RunState.read(Home.ofThisMachine());
        if (state.isEmpty()) {
            System.out.println("Clew does not run.");
            return 0;
        }
        Optional<ProcessHandle> running = state.get().launcher().process();
        if (running.isPresent()) {
            end(running.get());
        }
        System.out.println("Clew is stopped.");
        return 0;
    }

    private static void end(ProcessHandle launcher) throws InterruptedException {
        if (!launcher.destroy() && launcher.isAlive()) {
            throw new PlatformException(
                    "Expected to stop process %d but it belongs to %s"
                            .formatted(launcher.pid(), launcher.info().user().orElse("others")));
        }
        try {
            launcher.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new PlatformException(
                    "Expected process %d to end within %d s but it runs on"
                            .formatted(launcher.pid(), LIMIT.toSeconds()),
                    e);
        }
    }
}
