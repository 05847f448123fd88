package io.clew.saga.testkit;

import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.InputCodec;
import io.clew.saga.PauseRequest;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.time.Instant;
import java.util.List;

/** How inputs and commands stand on their topics: the plain one here, or the real one. */
public interface SimulatedWire extends InputCodec {
    /** The record as it stands on the inbox. */
    RawInput encode(SagaId saga, Position position, Instant timestamp, SagaInput input);

    /** The record for all sagas as it stands in one partition of the inbox. */
    RawInput encode(Position position, Instant timestamp, PauseRequest request);

    /** The command as it stands on its topic, trace headers left out. */
    WireCommand encode(Command command);

    /** One command record. */
    record WireCommand(String topic, String key, Bytes value, List<RawInput.Header> headers) {}
}
