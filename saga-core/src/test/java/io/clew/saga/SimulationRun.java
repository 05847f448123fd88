package io.clew.saga;

import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulationSetup;
import java.util.Optional;

/** Simulates for minutes, says how fast, and which fault met which phase. */
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
        long start = System.nanoTime();
        double elapsed = 0;
        int failures = 0;
        while (elapsed < seconds && failures < MOST_FAILURES) {
            Optional<SagaSimulation.Failure> failure = simulation.run(seed);
            seed++;
            elapsed = (System.nanoTime() - start) / 1e9;
            if (failure.isPresent()) {
                failures++;
                System.out.println("seed " + failure.get().seed() + ": " + failure.get().promise());
                System.out.println(failure.get().trace());
            }
        }
        System.out.printf(
                "%d worlds, %d sagas, %.0f sagas/s, %d failures%n%s",
                simulation.worlds(),
                simulation.sagas(),
                simulation.sagas() / elapsed,
                failures,
                simulation.coverage());
    }
}
