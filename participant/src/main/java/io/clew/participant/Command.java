package io.clew.participant;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A command that could be read, with the address of its reply. Two records are two commands. */
record Command(
        ConsumerRecord<byte[], byte[]> origin,
        ReplyAddress replyTo,
        CommandIdentity identity,
        int attempt,
        OptionalInt compensates,
        Optional<Instant> deadline,
        SpecificRecord payload) {

    String type() {
        return payload.getSchema().getFullName();
    }

    /** What it undoes, if it is a compensation of an action. */
    Optional<CommandIdentity> action() {
        return compensates.isPresent()
                ? Optional.of(identity.actionOfExecution(compensates.getAsInt()))
                : Optional.empty();
    }

    boolean isPastDeadline(Instant now) {
        return deadline.filter(now::isAfter).isPresent();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
