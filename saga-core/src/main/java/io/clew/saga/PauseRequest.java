package io.clew.saga;

/**
 * An operator's input to every saga at once: it stands in each partition of the inbox, in the order
 * of all other inputs there.
 *
 * @param operationId names it: a repeat changes nothing
 * @param subject what is meant
 * @param pause whether to pause it; else it is resumed
 * @param actor who
 * @param note why
 */
public record PauseRequest(
        String operationId, PauseSubject subject, boolean pause, String actor, String note) {}
