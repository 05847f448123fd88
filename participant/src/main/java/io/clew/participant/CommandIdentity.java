package io.clew.participant;

import java.util.Comparator;

/**
 * What may take effect at most once. The attempt is no part of it: every sending of one execution
 * is the same command.
 */
public record CommandIdentity(
        String sagaId, long run, String stepPath, Direction direction, int execution) {

    /** The one order in which every worker locks executions. */
    static final Comparator<CommandIdentity> LOCK_ORDER =
            Comparator.comparing(CommandIdentity::sagaId)
                    .thenComparingLong(CommandIdentity::run)
                    .thenComparing(CommandIdentity::stepPath)
                    .thenComparing(CommandIdentity::direction)
                    .thenComparingInt(CommandIdentity::execution);

    public CommandIdentity {
        if (sagaId.isEmpty() || stepPath.isEmpty() || execution < 1) {
            throw new IllegalArgumentException(
                    "Expected a saga id, a step path and an execution from 1 but found '"
                            + sagaId
                            + "', '"
                            + stepPath
                            + "', "
                            + execution);
        }
    }

    /** A stable text to give to a provider, so that a repeated call has no second effect. */
    public String idempotencyKey() {
        return sagaId + "/" + run + "/" + stepPath + "/" + direction.wireName() + "/" + execution;
    }

    CommandIdentity actionOfExecution(int actionExecution) {
        return new CommandIdentity(sagaId, run, stepPath, Direction.ACTION, actionExecution);
    }
}
