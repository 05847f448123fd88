package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins each partition where it was left, or, if nobody has read it yet, where the first of its
 * definitions listens from; that is committed before the first event is read.
 */
final class StartOffsets implements ConsumerRebalanceListener {

    private static final Logger LOGGER = LoggerFactory.getLogger(StartOffsets.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final Function<String, List<AppliedDefinition>> listening;
    private final Map<TopicPartition, PartitionProgress> progress;

    StartOffsets(
            Consumer<byte[], byte[]> consumer,
            Function<String, List<AppliedDefinition>> listening,
            Map<TopicPartition, PartitionProgress> progress) {
        this.consumer = consumer;
        this.listening = listening;
        this.progress = progress;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed =
                consumer.committed(new HashSet<>(partitions), PATIENCE);
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                first.put(partition, begin(partition));
            } else {
                progress.put(partition, PartitionProgress.parse(offset.metadata()));
            }
        }
        if (!first.isEmpty()) {
            consumer.commitSync(first, PATIENCE);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(progress::remove);
    }

    private OffsetAndMetadata begin(TopicPartition partition) {
        List<AppliedDefinition> definitions = listening.apply(partition.topic());
        long start =
                definitions.stream().mapToLong(it -> it.startOffset(partition)).min().orElse(0);
        LOGGER.info("Reading {} from {} for the first time", partition, start);
        PartitionProgress fresh = PartitionProgress.fresh(definitions);
        progress.put(partition, fresh);
        consumer.seek(partition, start);
        return new OffsetAndMetadata(start, fresh.format());
    }
}
