package io.clew.platform.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code clew stop}: stops one member of the running platform. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "Stop one member of the running platform; the others go on.",
            "Sagas wait for a service that is stopped, and go on when it is started again.",
            "Stopping what does not run changes nothing."
        })
final class StopCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            description = "coordinator, order-service, payment-service or shipping-service")
    private String name = "";

    @Override
    public Integer call() {
        return new SwitchRequest("stop", name).send(Home.ofThisMachine(), System.out);
    }
}
