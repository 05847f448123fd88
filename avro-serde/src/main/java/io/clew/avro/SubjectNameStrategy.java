package io.clew.avro;

import org.apache.avro.Schema;

/** Says under which subject a schema is registered. Implementations need a public constructor. */
public interface SubjectNameStrategy {

    /** The subject of a key's or value's schema on a topic. */
    String subject(String topic, boolean isKey, Schema schema);
}
