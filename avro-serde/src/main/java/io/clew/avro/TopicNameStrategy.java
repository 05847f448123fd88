package io.clew.avro;

import org.apache.avro.Schema;

/** {@code <topic>-key} or {@code <topic>-value}: one type of record per topic. */
public final class TopicNameStrategy implements SubjectNameStrategy {

    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
        return topic + (isKey ? "-key" : "-value");
    }
}
