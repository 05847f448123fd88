package io.clew.validator;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs {@link ValidateCommand}; a clear line instead of a stack trace. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(
                run(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                        args));
    }

    /** Runs it with these outputs; its exit code comes back. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine command = new CommandLine(new ValidateCommand());
        command.setOut(out);
        command.setErr(err);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler(
                (exception, failed, result) -> {
                    if (exception instanceof CannotCheckException clear) {
                        failed.getErr().println("clew: " + clear.getMessage());
                        return CommandLine.ExitCode.USAGE;
                    }
                    throw exception;
                });
        return command.execute(args);
    }
}
