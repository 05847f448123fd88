package io.clew.coordinator.wire;

import io.clew.avro.AvroFrame;
import io.clew.avro.BadFrameException;
import io.clew.avro.SchemaStatus;
import io.clew.saga.Bytes;
import io.clew.saga.InputCodec.Decoded;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Whether a framed value can be read at all: an outage of the registry only delays it.
 *
 * @param schemas what is known about a schema id, without blocking
 */
record FrameCheck(IntFunction<SchemaStatus> schemas) {
    /** Why the value cannot be taken now, or ever; empty if it can. */
    Optional<Decoded> problem(Bytes value) {
        int id;
        try {
            id = AvroFrame.schemaId(value.array());
        } catch (BadFrameException bad) {
            return Optional.of(
                    new Decoded.Unreadable("BAD_FRAME", String.valueOf(bad.getMessage())));
        }
        return switch (schemas.apply(id)) {
            case SchemaStatus.Present ignored -> Optional.empty();
            case SchemaStatus.Absent absent ->
                    Optional.of(new Decoded.Unreadable("UNKNOWN_SCHEMA", absent.reason()));
            case SchemaStatus.Pending ignored ->
                    Optional.of(new Decoded.NotYet("schema id " + id + " is being fetched"));
            case SchemaStatus.Unavailable away ->
                    Optional.of(
                            new Decoded.NotYet(
                                    "schema registry away since "
                                            + away.since()
                                            + ": "
                                            + away.reason()));
        };
    }
}
