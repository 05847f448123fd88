package io.clew.platform.command;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code clew status}: says of every process whether it runs. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show what runs. Ends with 0 if the platform is ready and all of it runs.")
final class StatusCommand implements Callable<Integer> {

    private static final int NOT_RUNNING = 3;
    private static final int PARTLY = 1;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        Home home = Home.ofThisMachine();
        Optional<RunState> found = RunState.read(home);
        if (found.isEmpty()) {
            out.println("Clew does not run.");
            return NOT_RUNNING;
        }
        RunState state = found.get();
        if (!state.ready()) {
            out.println("Clew is starting.");
            return PARTLY;
        }
        boolean all = true;
        for (RunState.Running member : state.members()) {
            all &= member.process().isPresent();
            out.println(line(state, member));
        }
        out.println();
        out.println(Greeting.addresses(home));
        return all ? 0 : PARTLY;
    }

    private static String line(RunState state, RunState.Running member) {
        String name = member.name();
        if (member.process().isPresent()) {
            return "%-18s runs     process %d".formatted(name, member.pid());
        }
        return state.stopped().contains(name)
                ? "%-18s stopped  start it: ./clew start %s".formatted(name, name)
                : "%-18s GONE     was process %d".formatted(name, member.pid());
    }
}
