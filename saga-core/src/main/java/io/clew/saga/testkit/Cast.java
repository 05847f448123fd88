package io.clew.saga.testkit;

import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import java.util.List;
import java.util.Optional;

/** The sagas of one world, and the values that go in and out of them. */
interface Cast {
    List<SagaDefinition> definitions();

    /** Name of a definition, which is perhaps there. */
    String definition();

    String participant();

    Bytes event(SagaId saga, long now);

    /** What comes for an await; each has another number. */
    Bytes arrival(Await await, SagaId saga, int number);

    /** With what the participant refuses the command, if it does. */
    Optional<String> refusal(Command command, boolean faults);

    Optional<Bytes> result(Command command);

    /** How likely a participant breaks the contract with a result that fits no schema. */
    double misfits();

    /** What an operator says that a step has given. */
    Optional<Bytes> byHand();
}
