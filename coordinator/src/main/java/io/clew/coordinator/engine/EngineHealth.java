package io.clew.coordinator.engine;

import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/**
 * How the engine is.
 *
 * @param state state of Kafka Streams
 * @param faults what stands in its way, each in one sentence; empty if nothing
 */
public record EngineHealth(KafkaStreams.State state, List<String> faults) {
    public EngineHealth {
        faults = List.copyOf(faults);
    }

    /** Whether sagas move on here. */
    public boolean works() {
        return state.isRunningOrRebalancing() && faults.isEmpty();
    }
}
