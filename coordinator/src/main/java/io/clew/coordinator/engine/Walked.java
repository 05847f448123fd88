package io.clew.coordinator.engine;

import io.clew.saga.SagaId;

/**
 * A saga found on a {@link Walk}.
 *
 * @param at where the walk goes on after it; in the order of the walk, in any partition
 * @param saga which saga
 */
public record Walked(String at, SagaId saga) {}
