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

    /**
     * What was done since a savepoint is taken back, and the saga goes forward from there again.
     *
     * @param savepoint its name
     * @param max how many times at most, from 1; then everything is taken back
     */
    record RollbackTo(String savepoint, int max) implements FailurePolicy {
        public RollbackTo {
            if (max < 1) {
                throw new IllegalArgumentException("Expected max >= 1 but got " + max);
            }
        }
    }
}
