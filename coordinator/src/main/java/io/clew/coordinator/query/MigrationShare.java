package io.clew.coordinator.query;

import java.util.Map;
import java.util.Set;

/**
 * What one instance has done of a migration.
 *
 * @param whole partitions that have been gone through
 * @param after per partition that has not, where to go on
 * @param tally what became of the sagas
 */
public record MigrationShare(Set<Integer> whole, Map<Integer, String> after, MigrationTally tally) {
    static final MigrationShare NONE = new MigrationShare(Set.of(), Map.of(), MigrationTally.NONE);
}
