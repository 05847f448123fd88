package io.clew.coordinator.query;

import java.util.Map;

/**
 * One instance's share of a list, asked by another.
 *
 * @param filter which sagas
 * @param after per partition to list, the place to begin after
 * @param limit how many at most
 */
public record ListAsk(SagaFilter filter, Map<Integer, String> after, int limit) {}
