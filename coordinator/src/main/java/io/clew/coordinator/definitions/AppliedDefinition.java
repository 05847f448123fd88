package io.clew.coordinator.definitions;

import io.clew.language.CompiledDefinition;
import io.clew.saga.DefinitionRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a definition as it stands on the definitions topic, compiled.
 *
 * @param ref name, version and content hash
 * @param offset where it stands on that topic
 * @param appliedAt when it was applied
 * @param appliedBy who applied it, if known
 * @param source the text as it was applied
 * @param startOffsets per partition of the trigger topic, where it begins to listen
 * @param compiled ready to run
 */
public record AppliedDefinition(
        DefinitionRef ref,
        long offset,
        Instant appliedAt,
        Optional<String> appliedBy,
        String source,
        Map<Integer, Long> startOffsets,
        CompiledDefinition compiled) {

    public AppliedDefinition {
        startOffsets = Map.copyOf(startOffsets);
    }

    /** Where it begins to listen; a partition that was added later is read from its start. */
    public long startOffset(int partition) {
        return startOffsets.getOrDefault(partition, 0L);
    }

    public String triggerTopic() {
        return compiled.trigger().topic();
    }
}
