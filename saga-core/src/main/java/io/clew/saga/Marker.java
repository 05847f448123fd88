package io.clew.saga;

import java.time.Instant;

/**
 * What is left of an ended saga once it is no longer kept: enough to know that its key is taken.
 *
 * @param id saga id
 * @param run its run
 * @param definition what it followed
 * @param outcome how it ended
 * @param revision its last revision
 * @param endedAt when it ended
 * @param expiresAt when its key is free again; also its timer
 */
public record Marker(
        SagaId id,
        long run,
        DefinitionRef definition,
        Phase outcome,
        long revision,
        Instant endedAt,
        Instant expiresAt) {}
