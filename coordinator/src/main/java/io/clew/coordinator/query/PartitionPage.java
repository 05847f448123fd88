package io.clew.coordinator.query;

import java.util.List;
import java.util.Optional;

/**
 * What one partition gave to a list.
 *
 * @param partition which
 * @param lines what was found, in the order of the list
 * @param next where to go on; none if the partition has been listed whole
 * @param standby whether a copy has answered, which may be behind
 */
public record PartitionPage(
        int partition, List<Line> lines, Optional<String> next, boolean standby) {

    /**
     * One saga.
     *
     * @param at its place in the list
     */
    public record Line(String at, SagaSummary saga) {}
}
