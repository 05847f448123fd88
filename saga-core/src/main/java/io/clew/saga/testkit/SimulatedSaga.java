package io.clew.saga.testkit;

import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.SagaDefinition;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A definition to simulate, in place of random ones, with the values that go in and out of its
 * sagas. All chance must come from the generator that is given: a seed is one world for ever.
 */
public interface SimulatedSaga {
    SagaDefinition definition();

    /** The event that starts the saga of this business key. */
    Bytes event(String businessKey, RandomGenerator random);

    /** What a reply brings that says it succeeded, if it brings anything. */
    Optional<Bytes> result(Command command, RandomGenerator random);

    /** What may come for an await of the saga of this business key. */
    Bytes arrival(Await await, String businessKey, RandomGenerator random);

    /** Codes with which participants may refuse this command; none means they never do. */
    List<String> refusals(Command command);
}
