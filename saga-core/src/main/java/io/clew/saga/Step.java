package io.clew.saga;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One place in a definition: an action, perhaps a compensation, and what happens when it does not
 * succeed.
 *
 * @param name unique in the definition
 * @param when whether it is executed at all; none is always
 * @param kind how it stands to the point of no return
 * @param action the forward command
 * @param compensation takes the action back; none means there is nothing to take back
 * @param giveUpAfter silence after which it is in doubt; none means the saga's deadline
 * @param onFailure policies per refusal code; compensate for all others
 */
public record Step(
        String name,
        Optional<Formula<Boolean>> when,
        StepKind kind,
        CommandSpec action,
        Optional<CommandSpec> compensation,
        Optional<Duration> giveUpAfter,
        Map<String, FailurePolicy> onFailure)
        implements Node.Leaf {
    public Step {
        onFailure = Map.copyOf(onFailure);
        if (kind != StepKind.COMPENSATABLE && compensation.isPresent()) {
            throw new IllegalArgumentException(
                    "Expected step " + name + " (" + kind + ") without a compensation");
        }
    }

    /** Whether its action can be taken back, and so may be given up. */
    public boolean compensatable() {
        return compensation.isPresent();
    }

    /** What a refusal with this code leads to. */
    public FailurePolicy policyFor(String code) {
        FailurePolicy policy = onFailure.get(code);
        return policy == null ? new FailurePolicy.Compensate() : policy;
    }
}
