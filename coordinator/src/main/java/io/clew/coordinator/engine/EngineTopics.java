package io.clew.coordinator.engine;

/**
 * Names of the engine's own topics.
 *
 * @param inbox where everything comes in
 * @param events transitions
 * @param archive last snapshots of ended sagas
 * @param deadLetters records no saga can take
 */
public record EngineTopics(String inbox, String events, String archive, String deadLetters) {
    public static final EngineTopics DEFAULT =
            new EngineTopics("saga.inbox", "saga.events", "saga.archive", "saga.dead-letters");
}
