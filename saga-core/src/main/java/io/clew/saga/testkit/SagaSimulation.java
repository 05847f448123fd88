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
        coverage.nextWorld();
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

    /** In how many worlds this fault met a saga in this phase. */
    public int worlds(SimulatedFault fault, Phase phase) {
        return coverage.worlds(fault, phase);
    }

    /** How often this came to a saga in this phase, which is no fault. */
    public int came(String what, Phase phase) {
        return coverage.came(what, phase);
    }

    /** How often a saga in such a node met this fault. */
    public int met(NodeKind node, SimulatedFault fault) {
        return coverage.met(node, fault);
    }

    /** How often a saga in such a node was changed by this kind of input. */
    public int changed(NodeKind node, String input) {
        return coverage.changed(node, input);
    }

    public long sagas() {
        return sagas;
    }

    public long worlds() {
        return worlds;
    }

    /** A table: how many sagas each fault met in each phase, and in how many worlds. */
    public String faults() {
        return coverage.faults();
    }

    /** What came to sagas in each phase and in each kind of node, beside the faults. */
    public String coverage() {
        return coverage.toString();
    }
}
