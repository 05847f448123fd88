package io.clew.avro;

import java.time.Instant;
import org.apache.avro.Schema;

/** What is known about a schema id without waiting for the registry. */
public sealed interface SchemaStatus {

    /** The schema is here; it never changes. */
    record Present(Schema schema) implements SchemaStatus {}

    /** The registry has been asked, or will be on a later call; ask again. */
    record Pending() implements SchemaStatus {}

    /** The registry answered, and it has no such Avro schema. */
    record Absent(String reason) implements SchemaStatus {}

    /** The registry does not answer; ask again. */
    record Unavailable(Instant since, String reason) implements SchemaStatus {}
}
