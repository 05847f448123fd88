package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.SagaId;
import org.apache.kafka.common.utils.Utils;

/**
 * The inbox topic and how many partitions it has, for good.
 *
 * @param topic its name
 * @param partitions its partition count
 */
public record Inbox(String topic, int partitions) {
    public Inbox {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "Expected at least one partition of " + topic + " but got " + partitions);
        }
    }

    /** Where everything about this saga stands: murmur2 over its id, as Kafka's own clients do. */
    public int partitionOf(SagaId saga) {
        return partitionOf(key(saga));
    }

    /** Where a record of this key belongs. */
    public int partitionOf(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** The record key of a saga. */
    public static byte[] key(SagaId saga) {
        return saga.value().getBytes(UTF_8);
    }
}
