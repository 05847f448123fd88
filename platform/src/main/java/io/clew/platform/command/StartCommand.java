package io.clew.platform.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code clew start}: starts one member of the running platform again. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Start a member that was stopped or has ended, and wait until it is ready.",
            "Starting what runs changes nothing."
        })
final class StartCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            description = "coordinator, order-service, payment-service or shipping-service")
    private String name = "";

    @Override
    public Integer call() {
        return new SwitchRequest("start", name).send(Home.ofThisMachine(), System.out);
    }
}
