package io.clew.coordinator.ingress;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many records of the inbox the engine's group has not committed; asked for now and then. */
public final class InboxLag implements LongSupplier {

    private static final Logger LOGGER = LoggerFactory.getLogger(InboxLag.class);
    private static final long PATIENCE_SECONDS = 5;

    private final Admin admin;
    private final String group;
    private final String topic;
    private volatile long lag;

    public InboxLag(Admin admin, String group, String topic) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
    }

    /** What was seen last. */
    @Override
    public long getAsLong() {
        return lag;
    }

    /** Asks the brokers; keeps what was seen last if they do not answer. */
    public void refresh() {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            committed.forEach(
                    (partition, offset) -> {
                        if (partition.topic().equals(topic) && offset != null) {
                            asked.put(partition, OffsetSpec.latest());
                        }
                    });
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            long sum = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
                OffsetAndMetadata offset = committed.get(end.getKey());
                if (offset != null) {
                    sum += Math.max(0, end.getValue().offset() - offset.offset());
                }
            }
            lag = sum;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (Exception away) {
            LOGGER.debug("Expected the lag of {} but {}", topic, String.valueOf(away));
        }
    }
}
