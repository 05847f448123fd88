package io.clew.coordinator.query;

import java.util.Map;

/**
 * One instance's share of a migration, asked by another.
 *
 * @param order what is to be done
 * @param after per partition, the place to begin after
 * @param limit how many sagas at most
 */
public record MigrationAsk(MigrationOrder order, Map<Integer, String> after, int limit) {}
