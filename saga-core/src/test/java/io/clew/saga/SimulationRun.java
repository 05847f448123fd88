package io.clew.saga;

import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulationSetup;
import java.util.List;
import java.util.Optional;

/**
 * Simulates for minutes, says how fast, and which fault met which phase. A failure, or a fault that
 * was met too seldom, is the exit code.
 */
final class SimulationRun {
    private static final int MOST_FAILURES = 5;

    private SimulationRun() {}

    /**
     * Runs world after world.
     *
     * @param args seconds (60), first seed (1)
     */
    public static void main(String[] args) {
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 60;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        SagaSimulation simulation = new SagaSimulation(SimulationSetup.sound());
        Stopwatch watch = new Stopwatch();
        int failures = 0;
        while (watch.seconds() < seconds && failures < MOST_FAILURES) {
            Optional<SagaSimulation.Failure> failure = simulation.run(seed);
            seed++;
            if (failure.isPresent()) {
                failures++;
                System.out.println("seed " + failure.get().seed() + ": " + failure.get().promise());
                System.out.println(failure.get().trace());
            }
        }
        List<String> seldom = FaultThresholds.missedBy(simulation);
        System.out.printf(
                "%s, %d failures%n%s%s%nMet too seldom: %s%n",
                watch.speed(simulation),
                failures,
                simulation.faults(),
                simulation.coverage(),
                seldom);
        if (failures > 0 || !seldom.isEmpty()) {
            System.exit(1);
        }
    }
}
