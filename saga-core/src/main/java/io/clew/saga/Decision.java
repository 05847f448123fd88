package io.clew.saga;

import java.util.List;

/** What the machine makes of one input. */
public sealed interface Decision {

    /**
     * The input applies.
     *
     * @param after the instance after it: the fold of {@code transition} over the one before
     * @param transition what happened
     * @param commands what must be sent, in order
     */
    record Applied(SagaInstance after, Transition transition, List<Command> commands)
            implements Decision {}

    /** The input does not apply; noted, changes nothing. */
    record Rejected(Rejection reason) implements Decision {}

    /** The instance has been kept as long as its definition asks for; a marker may follow it. */
    record Expired() implements Decision {}
}
