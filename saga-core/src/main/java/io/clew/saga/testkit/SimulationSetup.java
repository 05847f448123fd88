package io.clew.saga.testkit;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a simulation is made of.
 *
 * @param wire how records stand on topics
 * @param store rows of the partition, empty
 * @param node what processes the inbox
 * @param defects what is deliberately wrong around it
 */
public record SimulationSetup(
        Supplier<SimulatedWire> wire,
        Supplier<SimulatedStore> store,
        SimulatedNode.Factory node,
        Set<Defect> defects) {

    /** Deliberate defects of what surrounds the shell; the simulation must find each. */
    public enum Defect {
        /** A compensation that finds no action leaves no tombstone. */
        PARTICIPANT_WITHOUT_FENCE,
        /** An error is stored like an outcome, and answered for ever. */
        PARTICIPANT_STORES_ERRORS,
        /** Every attempt is taken for a new command. */
        PARTICIPANT_DEDUPLICATES_ATTEMPTS,
        /** A due timer changes the saga from the punctuator, without a record. */
        TIMERS_ACT_AT_ONCE,
        /** Transitions of an aborted transaction are published all the same. */
        ABORTED_TRANSITIONS_PUBLISHED,
        /** A paused owner that comes back writes its rows over newer ones. */
        ZOMBIE_COMMITS,
        /** Sagas go on before what only their owner has seen is committed. */
        OWN_SIGHT_UNFENCED
    }

    public static SimulationSetup sound() {
        return of(SimulatedNode::sound);
    }

    public static SimulationSetup of(SimulatedNode.Factory node) {
        return new SimulationSetup(
                PlainWire::new, MemoryStore::new, node, EnumSet.noneOf(Defect.class));
    }

    public static SimulationSetup with(Defect defect) {
        return new SimulationSetup(
                PlainWire::new, MemoryStore::new, SimulatedNode::sound, EnumSet.of(defect));
    }

    boolean has(Defect defect) {
        return defects.contains(defect);
    }
}
