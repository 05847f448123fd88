package io.clew.saga;

/**
 * An input to every saga of a partition at once, in the order of all other inputs there. An
 * operator's stands in each partition of the inbox; what an owner sees of a topic in its own.
 *
 * @param operationId names it: a repeat changes nothing
 * @param subject what is meant
 * @param pause whether to pause it; else it is resumed
 * @param actor who
 * @param note why
 */
public record PauseRequest(
        String operationId, PauseSubject subject, boolean pause, String actor, String note) {}
