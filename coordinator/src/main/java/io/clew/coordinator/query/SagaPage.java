package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Part of a list.
 *
 * @param sagas what was found, by saga id
 * @param cursor hands out the rest; none if this was all
 * @param complete false if some partitions could not be asked; the cursor asks them again
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SagaPage(List<SagaSummary> sagas, Optional<String> cursor, boolean complete) {}
