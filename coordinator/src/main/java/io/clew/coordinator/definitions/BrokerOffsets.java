package io.clew.coordinator.definitions;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers, with a limit. */
public final class BrokerOffsets implements TopicOffsets {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Admin admin;

    public BrokerOffsets(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Map<Integer, Long> offsets(String topic, StartFrom from) {
        Collection<TopicDescription> descriptions;
        try {
            descriptions = await(admin.describeTopics(List.of(topic)).allTopicNames()).values();
        } catch (UnknownTopicOrPartitionException none) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        descriptions.stream()
                .flatMap(description -> description.partitions().stream())
                .forEach(it -> asked.put(new TopicPartition(topic, it.partition()), spec(from)));
        Map<TopicPartition, ListOffsetsResultInfo> found = list(asked);
        Map<TopicPartition, OffsetSpec> afterEnd = new HashMap<>();
        found.forEach(
                (partition, info) -> {
                    if (info.offset() < 0) {
                        afterEnd.put(partition, OffsetSpec.latest());
                    }
                });
        Map<Integer, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
        if (!afterEnd.isEmpty()) {
            list(afterEnd)
                    .forEach(
                            (partition, info) -> offsets.put(partition.partition(), info.offset()));
        }
        return offsets;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(Map<TopicPartition, OffsetSpec> asked) {
        return await(admin.listOffsets(asked).all());
    }

    private static OffsetSpec spec(StartFrom from) {
        return switch (from) {
            case StartFrom.End ignored -> OffsetSpec.latest();
            case StartFrom.Earliest ignored -> OffsetSpec.earliest();
            case StartFrom.At at -> OffsetSpec.forTimestamp(at.instant().toEpochMilli());
        };
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException(failed.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("no answer from the broker within " + PATIENCE, late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking the broker", stop);
        }
    }
}
