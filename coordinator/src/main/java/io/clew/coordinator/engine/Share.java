package io.clew.coordinator.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Whether an instance has taken its place among the others. Until then its partitions are with them
 * or on their way, and to stop another instance makes sagas stand still.
 */
final class Share {
    private final KafkaStreams streams;
    private final PartitionProgress progress;
    private final EngineSettings settings;
    private final Nearness nearness = new Nearness();

    Share(KafkaStreams streams, PartitionProgress progress, EngineSettings settings) {
        this.streams = streams;
        this.progress = progress;
        this.settings = settings;
    }

    /** What it still waits for; empty if nothing. */
    Optional<String> waitsFor() {
        KafkaStreams.State state = streams.state();
        if (state != KafkaStreams.State.RUNNING) {
            return Optional.of("Kafka Streams is " + state);
        }
        if (progress.all().isEmpty() && !othersHaveOneEach()) {
            return Optional.of("no partition is here yet");
        }
        OptionalLong behind = farthestBehind();
        return behind.isEmpty() || nearness.isNear(behind.getAsLong(), System.nanoTime())
                ? Optional.empty()
                : Optional.of("a partition is %d rows behind".formatted(behind.getAsLong()));
    }

    /** Then there is none to be had, nor one on its way. */
    private boolean othersHaveOneEach() {
        HostInfo self = HostInfo.buildFromEndpoint(settings.applicationServer());
        List<Integer> others =
                streams.metadataForAllStreamsClients().stream()
                        .filter(instance -> !instance.hostInfo().equals(self))
                        .map(instance -> instance.topicPartitions().size())
                        .filter(partitions -> partitions > 0)
                        .toList();
        return others.size() == settings.inboxPartitions()
                && others.stream().allMatch(partitions -> partitions == 1);
    }

    /** Of the rows here, whether active or a copy. */
    private OptionalLong farthestBehind() {
        return streams.allLocalStorePartitionLags().values().stream()
                .flatMap(partitions -> partitions.values().stream())
                .mapToLong(LagInfo::offsetLag)
                .max();
    }
}
