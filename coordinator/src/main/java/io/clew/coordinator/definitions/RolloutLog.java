package io.clew.coordinator.definitions;

import io.clew.schema.RolloutRecord;

/** Port: the topic of definitions, where what takes new sagas is said, too. */
public interface RolloutLog {

    /**
     * Appends a record and says where it stands.
     *
     * @throws org.apache.kafka.common.KafkaException if it could not be written, or a schema
     *     registry it needs does not answer
     */
    long append(RolloutRecord record);
}
