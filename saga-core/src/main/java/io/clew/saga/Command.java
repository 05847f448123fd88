package io.clew.saga;

import java.util.Optional;

/**
 * One sending of a command. All its {@code ce_} headers and its value follow from this alone.
 *
 * @param saga which saga
 * @param run its run
 * @param definition name of its definition
 * @param execution what is executed
 * @param attempt which sending, from 1
 * @param content its frozen content
 * @param replyPartition partition of the inbox the reply belongs to
 * @param tokenKey id of the key its token is made with, if any
 * @param traceparent trace context, outside the command's identity
 */
public record Command(
        SagaId saga,
        long run,
        String definition,
        Execution execution,
        int attempt,
        FrozenCommand content,
        int replyPartition,
        Optional<String> tokenKey,
        Optional<String> traceparent) {

    /** Names one value and one set of headers, for ever. */
    public String id() {
        return identity() + "/" + attempt;
    }

    /** The id without the attempt: what participants deduplicate by. */
    public String identity() {
        return identity(saga, run, execution);
    }

    static String identity(SagaId saga, long run, Execution execution) {
        return identity(saga, run, execution.path(), execution.direction(), execution.number());
    }

    static String identity(SagaId saga, long run, String path, Direction direction, int execution) {
        return saga + ("/" + run) + ("/" + path) + ("/" + direction.wireName()) + ("/" + execution);
    }
}
