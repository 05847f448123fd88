package io.clew.benchmark;

import io.clew.platform.PlatformException;
import picocli.CommandLine;

/** The program behind {@code ./clew bench}. */
public final class Main {

    private Main() {}

    /** Runs the benchmark and ends with its exit code; a clear line instead of a stack trace. */
    public static void main(String[] args) {
        var command = new CommandLine(new BenchCommand());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler(
                (exception, failed, result) -> {
                    if (exception instanceof PlatformException clear) {
                        failed.getErr().println("clew: " + clear.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw exception;
                });
        System.exit(command.execute(args));
    }
}
