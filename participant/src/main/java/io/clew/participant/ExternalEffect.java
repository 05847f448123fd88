package io.clew.participant;

import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * An effect outside the database, such as a call to a card provider. It is bracketed: {@code
 * IN_PROGRESS} is committed, the provider is called with the command's identity as idempotency key,
 * the outcome is committed. Calls of one batch run side by side, those of one saga in order.
 */
public interface ExternalEffect<C extends SpecificRecord> {

    /**
     * Calls the provider. May be called again for the same identity after a crash or an exception,
     * and then has to lead to one effect and the same outcome.
     */
    Outcome call(C command, Call call) throws Exception;

    /**
     * Finds out how a call ended whose outcome was never stored, because its compensation has come.
     * {@link Settlement.NeverHappened} promises that the provider refuses this identity from now
     * on; a worker may be paused right before its call.
     */
    Settlement settle(CommandIdentity identity) throws Exception;

    /**
     * What a call may know and use besides the command.
     *
     * @param progress sends a {@code progress} reply, which starts the step's timeout anew
     */
    record Call(
            CommandIdentity identity, int attempt, Optional<Instant> deadline, Runnable progress) {}

    /** How an interrupted call ended. */
    sealed interface Settlement {

        /** It ended with this outcome. */
        record Happened(Outcome outcome) implements Settlement {}

        /** It had no effect and cannot have one any more. */
        record NeverHappened() implements Settlement {}

        /** Nobody knows yet; the compensation is answered {@code error} and comes again. */
        record Unknown() implements Settlement {}
    }
}
