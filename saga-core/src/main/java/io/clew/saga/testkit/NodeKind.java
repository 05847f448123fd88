package io.clew.saga.testkit;

/** Kinds of nodes a saga can stand in. */
public enum NodeKind {
    STEP,
    PARALLEL,
    CHOICE,
    FOR_EACH,
    AWAIT,
    DELAY,
    /** It stands behind one, and can be taken back to it. */
    SAVEPOINT
}
