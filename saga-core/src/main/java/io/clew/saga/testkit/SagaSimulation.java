package io.clew.saga.testkit;

import io.clew.saga.Phase;
import java.util.List;
import java.util.Optional;

/**
 * A seeded simulation of one partition: random sagas under random faults, held against the promises
 * of the platform. One seed is one small world; what fails in it fails again.
 */
public final class SagaSimulation {
    private final SimulationSetup setup;
    private final Script script;
    private final Coverage coverage = new Coverage();
    private long worlds;
    private long sagas;

    /** Random sagas. */
    public SagaSimulation(SimulationSetup setup) {
        this(setup, Script.RANDOM);
    }

    private SagaSimulation(SimulationSetup setup, Script script) {
        this.setup = setup;
        this.script = script;
    }

    /** Sagas of one definition, held against these invariants beside the promises. */
    public static SagaSimulation of(SimulatedSaga saga, List<SagaInvariant> invariants) {
        return new SagaSimulation(
                SimulationSetup.sound(), new Script(Optional.of(saga), invariants));
    }

    /**
     * A world in which a promise was broken.
     *
     * @param seed brings it about again
     * @param promise which promise, by which saga, and how
     * @param trace what happened to that saga
     */
    public record Failure(long seed, String promise, String trace) {}

    /** Runs the world of this seed. */
    public Optional<Failure> run(long seed) {
        worlds++;
        try {
            sagas += new World(setup, script, seed, coverage, new Trace(false)).run();
            return Optional.empty();
        } catch (Violation found) {
            return Optional.of(new Failure(seed, "" + found.getMessage(), told(seed)));
        } catch (RuntimeException found) {
            return Optional.of(new Failure(seed, "" + found, told(seed)));
        }
    }

    /** The same world again, this time with a trace. */
    private String told(long seed) {
        Trace trace = new Trace(true);
        try {
            new World(setup, script, seed, new Coverage(), trace).run();
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

    /** How often this fault met a saga in this phase. */
    public int met(String fault, Phase phase) {
        return coverage.of(fault, phase);
    }

    /** How often a saga in such a node met this fault, or was changed by this kind of input. */
    public int met(NodeKind node, String what) {
        return coverage.of(node, what);
    }

    public long sagas() {
        return sagas;
    }

    public long worlds() {
        return worlds;
    }

    /** How often each fault met a saga in each phase, and what came in each kind of node. */
    public String coverage() {
        return coverage.toString();
    }
}
