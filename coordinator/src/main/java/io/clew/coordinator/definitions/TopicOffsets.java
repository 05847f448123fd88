package io.clew.coordinator.definitions;

import java.util.Map;

/** Port: where the partitions of a topic stand. */
@FunctionalInterface
public interface TopicOffsets {

    /**
     * Where to begin, per partition; empty if there is no such topic.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    Map<Integer, Long> offsets(String topic, StartFrom from);
}
