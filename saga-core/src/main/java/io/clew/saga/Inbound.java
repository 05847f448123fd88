package io.clew.saga;

import java.time.Instant;

/**
 * One decoded record of the inbox.
 *
 * @param saga its key
 * @param position where it stands
 * @param timestamp the broker's append time
 * @param input what it says
 */
public record Inbound(SagaId saga, Position position, Instant timestamp, SagaInput input) {}
