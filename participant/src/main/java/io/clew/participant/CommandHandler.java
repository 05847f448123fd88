package io.clew.participant;

import org.apache.avro.specific.SpecificRecord;

/** Does what a command asks for, inside the transaction that also stores the outcome. */
@FunctionalInterface
public interface CommandHandler<C extends SpecificRecord> {

    /**
     * Changes the database through {@link CommandContext#connection()} only. A refusal must leave
     * nothing behind. An exception undoes this command alone and answers {@code error}.
     */
    Outcome handle(C command, CommandContext context) throws Exception;
}
