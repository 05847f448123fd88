package io.clew.saga;

import java.util.Optional;

/** What decides on an input: the machine, or in tests a machine with a deliberate defect. */
@FunctionalInterface
interface Decider {
    Decider MACHINE = Decider::byMachine;

    Decision decide(
            SagaDefinition definition, Optional<SagaInstance> saga, Inbound in, Conditions world);

    private static Decision byMachine(
            SagaDefinition definition, Optional<SagaInstance> saga, Inbound in, Conditions world) {
        return saga.isPresent()
                ? SagaMachine.decide(definition, saga.get(), in, world)
                : SagaMachine.start(definition, in, (SagaInput.Trigger) in.input(), world);
    }
}
