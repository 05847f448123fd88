package io.clew.saga.testkit;

import java.util.Optional;

/**
 * A seeded simulation of one partition: random sagas under random faults, held against the promises
 * of the platform. One seed is one small world; what fails in it fails again.
 */
public final class SagaSimulation {
    private final SimulationSetup setup;
    private final Coverage coverage = new Coverage();
    private long worlds;
    private long sagas;

    public SagaSimulation(SimulationSetup setup) {
        this.setup = setup;
    }

    /** A world in which a promise was broken. */
    public record Failure(long seed, String promise, String trace) {}

    /** Runs the world of this seed. */
    public Optional<Failure> run(long seed) {
        worlds++;
        try {
            sagas += new World(setup, seed, coverage, new Trace(false)).run();
            return Optional.empty();
        } catch (Violation | RuntimeException found) {
            return Optional.of(new Failure(seed, String.valueOf(found), told(seed)));
        }
    }

    /** The same world again, this time with a trace. */
    private String told(long seed) {
        Trace trace = new Trace(true);
        try {
            new World(setup, seed, new Coverage(), trace).run();
            return "(did not fail again)";
        } catch (Violation found) {
            return trace.of(found.saga());
        } catch (RuntimeException found) {
            StringBuilder text = new StringBuilder(trace.of(Optional.empty()));
            for (StackTraceElement at : found.getStackTrace()) {
                text.append("  at ").append(at).append('\n');
            }
            return text.toString();
        }
    }

    public long sagas() {
        return sagas;
    }

    public long worlds() {
        return worlds;
    }

    /** How often each fault met a saga in each phase. */
    public String coverage() {
        return coverage.toString();
    }

    /**
     * Runs for some time, or one seed.
     *
     * @param args seconds (default 60), first seed (default 1)
     */
    public static void main(String[] args) {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 60;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        SagaSimulation simulation = new SagaSimulation(SimulationSetup.sound());
        long start = System.nanoTime();
        double elapsed = 0;
        int failures = 0;
        while (elapsed < seconds && failures < 5) {
            Optional<Failure> failure = simulation.run(seed);
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
