package io.clew.participant;

import org.apache.avro.specific.SpecificRecord;

/** What became of a command when its turn came in the batch's transaction. */
sealed interface Turn {

    /** It has its answer, to be sent once the transaction is committed. */
    record Answered(Answer answer) implements Turn {}

    /** Another worker was in its way; it is undone and to be tried again, alone. */
    record Conflict(Throwable cause) implements Turn {}

    /** It needs the outside once the transaction is committed. */
    sealed interface Outside extends Turn {}

    /** It is in progress in the books; the provider is to be called. */
    record ToCall(ExternalEffect<SpecificRecord> effect) implements Outside {}

    /** It undoes an action nobody knows the outcome of; to be settled, then it has another turn. */
    record ToSettle(CommandIdentity action, ExternalEffect<SpecificRecord> effect)
            implements Outside {}
}
