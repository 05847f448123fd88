package io.clew.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clew.coordinator.definitions.SchemaCheck;
import java.util.List;
import java.util.Optional;

/**
 * Whether applied definitions would be accepted again with the newest schemas.
 *
 * @param accepted whether all of them would
 */
public record SchemaCheckView(boolean accepted, List<DefinitionCheck> definitions) {

    /** One of them. */
    public record DefinitionCheck(
            String name,
            int version,
            boolean accepted,
            List<ChangedSchema> changed,
            List<DefinitionView.FaultView> faults) {}

    /** A subject whose newest schema is not the one that is pinned; none if there is none. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ChangedSchema(String subject, int pinnedId, Optional<Integer> newestId) {}

    static SchemaCheckView of(List<SchemaCheck.Checked> checked) {
        return new SchemaCheckView(
                checked.stream().allMatch(it -> it.faults().isEmpty()),
                checked.stream().map(SchemaCheckView::one).toList());
    }

    private static DefinitionCheck one(SchemaCheck.Checked checked) {
        return new DefinitionCheck(
                checked.definition().ref().name(),
                checked.definition().ref().version(),
                checked.faults().isEmpty(),
                checked.changed().stream()
                        .map(it -> new ChangedSchema(it.subject(), it.pinnedId(), it.newestId()))
                        .toList(),
                checked.faults().stream().map(DefinitionView.FaultView::of).toList());
    }
}
