package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.language.TriggerSpec;
import io.clew.saga.Bytes;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaMachine;
import java.util.Optional;

/**
 * Stamps a start with everything that could differ later.
 *
 * @param tokenKey id of the key new sagas make their tokens with, if tokens are used
 */
public record Stamp(Optional<String> tokenKey) {

    /**
     * The start of a saga.
     *
     * @throws io.clew.saga.NotYetException if a schema cannot be had at present
     * @throws io.clew.saga.MappingException if an expression cannot be evaluated
     * @throws IllegalArgumentException if the business key has no allowed length
     */
    Routed.Start start(AppliedDefinition definition, Bytes event, Optional<String> traceparent) {
        TriggerSpec.Started started = definition.compiled().trigger().evaluate(event);
        return new Routed.Start(
                SagaId.of(definition.ref().name(), started.key()),
                new SagaInput.Trigger(
                        definition.ref(),
                        SagaMachine.LOGIC_VERSION,
                        event,
                        started.index(),
                        tokenKey,
                        traceparent));
    }
}
