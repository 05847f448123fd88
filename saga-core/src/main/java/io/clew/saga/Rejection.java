package io.clew.saga;

/**
 * Why an input did not apply: late, double, unknown or not allowed now. It changes nothing, but
 * that an intervention that might apply later is remembered with it.
 */
public enum Rejection {
    /** This saga id is taken by a live or an ended saga. */
    KEY_TAKEN,
    /** The saga has ended. */
    SAGA_ENDED,
    /** The reply is of another run of this saga id. */
    OTHER_RUN,
    /** The reply is about an execution that is settled, or that never was. */
    NOT_OUTSTANDING,
    /** An error or progress reply of an attempt that is not the current one. */
    OTHER_ATTEMPT,
    /** Nothing was due at this timer. */
    NOTHING_DUE,
    /** An operation of this id was applied before. */
    OPERATION_REPEATED,
    /** The saga has another revision than the operator meant. */
    REVISION_MISMATCH,
    /** The saga does not stand at the command the operator meant. */
    COMMAND_MISMATCH,
    /** The intervention does not apply in this phase. */
    NOT_ALLOWED,
    /** It has arrived before. */
    ARRIVAL_REPEATED,
    /** The saga's definition awaits nothing like it. */
    NOT_AWAITED,
    /** More is held for the saga's awaits already than is kept. */
    TOO_MANY_HELD,
    /** There are several things it could be about, and it does not say which. */
    AMBIGUOUS,
    /** What the saga has done does not fit the version it is to go on by. */
    NOT_MIGRATABLE,
    /** The saga is no child of that step. */
    OTHER_PARENT,
    /** The result to go on with is not of the type that the step's definition names. */
    BAD_RESULT,
    /** The intervention could not be carried out, since an expression or a mapping failed. */
    FAULTED
}
