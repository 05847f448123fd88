package io.clew.coordinator.engine;

import io.clew.avro.SchemaStatus;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.saga.Definitions;
import java.util.function.IntFunction;

/**
 * What the engine is given by the other rooms.
 *
 * @param definitions the definitions seen so far
 * @param schemas what is known about a schema id, without blocking
 * @param tokens the keys command tokens are made with
 * @param listener hears of transitions
 */
public record EngineInputs(
        Definitions definitions,
        IntFunction<SchemaStatus> schemas,
        TokenKeys tokens,
        TransitionListener listener) {}
