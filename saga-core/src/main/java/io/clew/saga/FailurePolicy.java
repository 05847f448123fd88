package io.clew.saga;

/** What a step's business refusal leads to, per refusal code. */
public sealed interface FailurePolicy {
    /** The default: everything done so far is taken back. */
    record Compensate() implements FailurePolicy {}

    /** The saga goes on as if the step had not been there. */
    record Continue() implements FailurePolicy {}

    /**
     * The step is executed again, then compensated.
     *
     * @param times how many new executions at most, from 1
     */
    record Retry(int times) implements FailurePolicy {
        public Retry {
            if (times < 1) {
                throw new IllegalArgumentException("Expected times >= 1 but got " + times);
            }
        }
    }
}
