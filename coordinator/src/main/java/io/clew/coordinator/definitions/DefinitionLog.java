package io.clew.coordinator.definitions;

import io.clew.schema.DefinitionRecord;

/** Port: the topic of definitions. */
public interface DefinitionLog {

    /**
     * Appends a record and says where it stands.
     *
     * @throws org.apache.kafka.common.KafkaException if it could not be written, or a schema
     *     registry it needs does not answer
     */
    long append(DefinitionRecord record);
}
