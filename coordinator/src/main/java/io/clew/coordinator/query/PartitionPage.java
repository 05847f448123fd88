package io.clew.coordinator.query;

import java.util.List;
import java.util.Optional;

/**
 * What one partition gave to a list.
 *
 * @param partition which
 * @param sagas what was found, by saga id
 * @param next saga id to go on after; none if the partition has been listed whole
 */
public record PartitionPage(int partition, List<SagaSummary> sagas, Optional<String> next) {}
