package io.clew.avro;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** The record's full name: a record means the same on every topic. */
public final class RecordNameStrategy implements SubjectNameStrategy {

    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
        return recordName(topic, schema);
    }

    static String recordName(String topic, Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new SerializationException(
                    "Expected a record on topic %s, to name its subject after it, but got %s"
                            .formatted(topic, schema.getType().getName()));
        }
        return schema.getFullName();
    }
}
