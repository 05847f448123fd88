package io.clew.coordinator.definitions;

import io.clew.language.CompiledDefinition;
import io.clew.saga.DefinitionRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * One version of a definition as it stands on the definitions topic, compiled.
 *
 * @param ref name, version and content hash
 * @param offset where it stands on that topic
 * @param appliedAt when it was applied
 * @param appliedBy who applied it, if known
 * @param source the text as it was applied
 * @param startOffsets per partition of the trigger topic, where it begins to listen
 * @param awaitOffsets the same for partitions of topics that only its awaits listen to
 * @param compiled ready to run
 */
public record AppliedDefinition(
        DefinitionRef ref,
        long offset,
        Instant appliedAt,
        Optional<String> appliedBy,
        String source,
        Map<Integer, Long> startOffsets,
        Map<TopicPartition, Long> awaitOffsets,
        CompiledDefinition compiled) {

    public AppliedDefinition {
        startOffsets = Map.copyOf(startOffsets);
        awaitOffsets = Map.copyOf(awaitOffsets);
    }

    /** Where it begins to listen; a partition that was added later is read from its start. */
    public long startOffset(TopicPartition partition) {
        return isStartedBy(partition.topic())
                ? startOffsets.getOrDefault(partition.partition(), 0L)
                : awaitOffsets.getOrDefault(partition, 0L);
    }

    /** Whether events of this topic start its sagas. */
    public boolean isStartedBy(String topic) {
        return triggerTopic().equals(topic);
    }

    /** Whether one of its awaits takes events of this topic. */
    public boolean awaits(String topic) {
        return compiled.awaits().stream().anyMatch(it -> it.topic().equals(topic));
    }

    /** Whether it listens to this topic. */
    public boolean listensTo(String topic) {
        return isStartedBy(topic) || awaits(topic);
    }

    /** All topics it listens to. */
    public Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        topics.add(triggerTopic());
        compiled.awaits().forEach(it -> topics.add(it.topic()));
        return topics;
    }

    public String triggerTopic() {
        return compiled.trigger().topic();
    }
}
