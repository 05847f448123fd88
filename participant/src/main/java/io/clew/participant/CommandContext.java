package io.clew.participant;

import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;

/**
 * What a handler may know and use besides the command.
 *
 * @param attempt which sending of the command this is, from 1
 * @param deadline when the saga's forward work ends, if this command may be refused for it
 * @param now the worker's clock
 * @param connection the transaction; the library commits it, so the handler cannot
 * @param progress sends a {@code progress} reply, which starts the step's timeout anew
 */
public record CommandContext(
        CommandIdentity identity,
        int attempt,
        Optional<Instant> deadline,
        Instant now,
        Connection connection,
        Runnable progress) {}
