package io.clew.saga;

import java.time.Instant;

/**
 * Why a saga needs an operator; ends by an intervention, or by the reply that was missing.
 *
 * @param code what happened
 * @param reason one sentence that says what to do
 * @param step path of the step it concerns, empty if none
 * @param raisedAt when, in log time
 */
public record Incident(Code code, String reason, String step, Instant raisedAt) {

    /** The incident of an input that could not be processed and is kept. */
    static Incident ofInput(String kind, Position at, String what, Instant raisedAt) {
        String reason =
                "the "
                        + kind
                        + " at offset "
                        + at.offset()
                        + " could not be processed ("
                        + what
                        + "); it is kept, retry hands it in again";
        return new Incident(Code.INPUT_FAULT, reason, "", raisedAt);
    }

    /** Of a step the newest says all there is to do. */
    boolean isReplacedBy(Incident newer) {
        return step.equals(newer.step) && (!step.isEmpty() || code == newer.code);
    }

    boolean is(Code otherCode, String otherStep) {
        return code == otherCode && step.equals(otherStep);
    }

    /** The kinds of trouble that only an operator ends. */
    public enum Code {
        /** A participant refused what can no longer be taken back. */
        REFUSED_PAST_POINT_OF_NO_RETURN,
        /** A participant refused a compensation. */
        COMPENSATION_REFUSED,
        /** A compensation got as many errors as its retry policy allows. */
        COMPENSATION_SPENT,
        /** A command that must get an outcome has got none for long; it is still being sent. */
        NO_OUTCOME,
        /** An input made the machine throw; it is kept and can be redriven. */
        INPUT_FAULT,
        /** An operator asked it to stand still. */
        HELD_BY_OPERATOR;

        /** Whether the saga stands still until it is over. */
        public boolean holds() {
            return this != NO_OUTCOME;
        }
    }
}
