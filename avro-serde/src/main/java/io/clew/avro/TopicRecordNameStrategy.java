package io.clew.avro;

import org.apache.avro.Schema;

/** {@code <topic>-<record full name>}: several types of record on one topic. */
public final class TopicRecordNameStrategy implements SubjectNameStrategy {

    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
        return topic + "-" + RecordNameStrategy.recordName(topic, schema);
    }
}
