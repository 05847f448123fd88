package io.clew.coordinator.query;

import io.clew.saga.SagaId;
import java.util.Optional;

/**
 * That all running sagas of a version go on by another.
 *
 * @param definition name of their definition
 * @param from the version they follow
 * @param to the version they are to follow
 * @param step only those that stand at it
 * @param operationId names the order; the operation of a saga follows from it
 * @param actor who asks for it
 * @param note why
 * @param dryRun only says what would be
 */
public record MigrationOrder(
        String definition,
        int from,
        int to,
        Optional<String> step,
        String operationId,
        String actor,
        String note,
        boolean dryRun) {

    SagaFilter filter() {
        return SagaFilter.running(definition, from, step);
    }

    /** The word for the way it takes: places of another order mean nothing. */
    String way() {
        return "migrate " + definition + ":" + from + " " + step.orElse("");
    }

    /** A repeat of the order is a repeat for the saga. */
    String operation(SagaId saga) {
        return operationId + ("/" + from) + ("/" + to) + ("/" + saga);
    }
}
