package io.clew.benchmark.load;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Puts one window of load on one system, measures, writes the result and waits to be ended. */
public final class DriverMain {

    /** Name of the file with the result, in the plan's directory. */
    public static final String RESULT = "outcome.json";

    private DriverMain() {}

    /** Takes the path of the plan. */
    public static void main(String[] args) throws InterruptedException {
        Plan plan = Plan.read(Path.of(args[0]));
        Target target =
                switch (plan.system()) {
                    case FLOOR -> new FloorTarget(SagaKey.of(plan.prefix()));
                    case CLEW ->
                            new ClewTarget(
                                    plan.load().definition(),
                                    plan.prefix(),
                                    OrderSchemas.registered(
                                            plan.places().registry(), plan.load().definition()));
                    case REFERENCE -> ReferenceTarget.of(plan);
                };
        new Driver(plan, target).run().write(Path.of(plan.places().directory(), RESULT));
        new CountDownLatch(1).await();
    }
}
