package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Part of a list.
 *
 * @param sagas what was found, in the order of the list
 * @param cursor hands out the rest; none if this was all
 * @param complete false if some partitions could not be asked; the cursor asks them again
 * @param standby true if copies have answered for some partitions, which may be behind
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SagaPage(
        List<SagaSummary> sagas, Optional<String> cursor, boolean complete, boolean standby) {}
