package io.clew.saga;

/** One entry of a {@link Sequence}. */
public sealed interface Node permits Node.Leaf, Parallel, Choice, ForEach {

    /** A node with a name, which leaves a {@link StepRecord} under its path. */
    sealed interface Leaf extends Node permits Step, Await, Delay, Savepoint {
        /** Unique in the definition; with the indices of the loops around it, its path. */
        String name();
    }
}
