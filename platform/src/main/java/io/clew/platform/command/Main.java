package io.clew.platform.command;

import io.clew.platform.PlatformException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind the {@code clew} script. */
@Command(
        name = "clew",
        mixinStandardHelpOptions = true,
        version = "Clew 0.1.0-SNAPSHOT",
        description = "Runs a whole Clew platform on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            StopCommand.class,
            StartCommand.class,
            TopicCommand.class,
            LogsCommand.class,
            DemoCommand.class,
            ResetCommand.class,
            TestCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    private Main() {}

    /** Runs one command and ends with its exit code; a clear line instead of a stack trace. */
    public static void main(String[] args) {
        var commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler(
                (exception, command, result) -> {
                    if (exception instanceof PlatformException clear) {
                        command.getErr().println("clew: " + clear.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw exception;
                });
        System.exit(commands.execute(args));
    }
}
