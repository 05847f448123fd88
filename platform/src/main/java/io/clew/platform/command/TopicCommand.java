package io.clew.platform.command;

import io.clew.platform.Member;
import io.clew.platform.PlatformException;
import io.clew.platform.Topics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code clew topic}: the topics of a saga of one's own. */
@Command(
        name = "topic",
        mixinStandardHelpOptions = true,
        description = "Create topics on the running platform.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TopicCommand.Create.class)
final class TopicCommand {

    /** {@code clew topic create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = {
                "Create topics with 8 partitions.",
                "What lies on NAME.commands is deleted after a week, what lies on any other is"
                        + " kept.",
                "A topic that is there as it should be is left alone."
            })
    static final class Create implements Callable<Integer> {

        private static final String COMMANDS = ".commands";

        @Parameters(
                paramLabel = "NAME",
                arity = "1..*",
                description = "such as trip.events or airline.commands")
        private List<String> names = List.of();

        @Override
        public Integer call() {
            if (RunState.read(Home.ofThisMachine()).filter(RunState::ready).isEmpty()) {
                throw new PlatformException("Clew does not run; start it: ./clew up");
            }
            Topics.ensure(
                    "127.0.0.1:" + Home.port(Member.KAFKA),
                    names.stream().map(Create::topic).toList());
            names.forEach(name -> System.out.println(name + " is there."));
            return 0;
        }

        private static Topics.Topic topic(String name) {
            return name.endsWith(COMMANDS) ? Topics.commands(name) : Topics.events(name);
        }
    }
}
