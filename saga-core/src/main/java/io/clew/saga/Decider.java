package io.clew.saga;

import java.util.Optional;

/** What decides on an input: the machine, or in tests a machine with a deliberate defect. */
@FunctionalInterface
interface Decider {
    Decider MACHINE = Decider::byMachine;

    Decision decide(
            SagaDefinition definition, Optional<SagaInstance> saga, Inbound in, Pauses pauses);

    private static Decision byMachine(
            SagaDefinition definition, Optional<SagaInstance> saga, Inbound in, Pauses pauses) {
        return saga.isPresent()
                ? SagaMachine.decide(definition, saga.get(), in, pauses)
                : SagaMachine.start(definition, in, (SagaInput.Trigger) in.input(), pauses);
    }
}
