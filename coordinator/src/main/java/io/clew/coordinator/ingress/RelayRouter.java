package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.wire.KinReader;
import io.clew.coordinator.wire.KinReader.Said;
import io.clew.coordinator.wire.KinWriter;
import io.clew.coordinator.wire.TriggerWriter;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import io.clew.saga.NotYetException;
import io.clew.saga.Outcome;
import io.clew.saga.ParentCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Says what a record on the topic of commands to children becomes on the inbox. It keeps nothing:
 * the same record becomes the same again, and the inbox tells repeats.
 *
 * @param definitions the newest version of a child's definition is started
 * @param stamp stamps starts
 * @param writer writes for the inbox
 * @param clock tells starts that are older than their key stays taken
 */
record RelayRouter(
        AppliedDefinitions definitions, Stamp stamp, KinWriter writer, InstantSource clock) {

    /** What becomes of a record. */
    sealed interface Brought {
        record ToInbox(ProducerRecord<byte[], byte[]> out) implements Brought {}

        record Dead(String code, String reason) implements Brought {}
    }

    /**
     * The record for the inbox, or why there can be none.
     *
     * @throws NotYetException if a schema cannot be had at present
     */
    Brought route(ConsumerRecord<byte[], byte[]> said) {
        return switch (KinReader.read(said)) {
            case Said.Start start -> new Brought.ToInbox(start(said, start));
            case Said.Back back -> new Brought.ToInbox(writer.takeBack(back.child(), back.ask()));
            case Said.Ended ended ->
                    new Brought.ToInbox(writer.parentEnded(ended.child(), ended.parent()));
            case Said.Answer ignored ->
                    new Brought.ToInbox(writer.forwarded(said.key(), said.headers()));
            case Said.Unreadable bad -> new Brought.Dead(bad.code(), bad.reason());
        };
    }

    private ProducerRecord<byte[], byte[]> start(
            ConsumerRecord<byte[], byte[]> said, Said.Start start) {
        List<AppliedDefinition> versions = definitions.versions(start.definition());
        if (versions.isEmpty()) {
            // It may be applied yet: an error is tried again.
            String reason = "there is no definition " + start.definition() + "; apply it";
            return answer(said, new Outcome.Erred("NO_SUCH_DEFINITION", reason));
        }
        AppliedDefinition definition = versions.get(0);
        String expected = definition.compiled().trigger().eventType();
        if (!expected.equals(start.type())) {
            String reason = definition.ref() + " is started by " + expected;
            return refused(said, "OTHER_EVENT", reason + ", not by " + start.type());
        }
        Duration uniqueFor = definition.compiled().definition().uniqueFor();
        Instant sentAt = Instant.ofEpochMilli(said.timestamp());
        if (sentAt.isBefore(clock.instant().minus(uniqueFor)) || said.value() == null) {
            return refused(said, "TOO_OLD", "Expected a command of the last " + uniqueFor);
        }
        try {
            Routed.Start started =
                    stamp.child(
                            definition,
                            Bytes.wrap(said.value()),
                            KinReader.traceparent(said),
                            new ParentCall(start.parent(), start.attempt()));
            return TriggerWriter.write(writer.inbox(), started.saga(), started.trigger());
        } catch (TooLargeException tooLarge) {
            return refused(said, "TOO_LARGE", String.valueOf(tooLarge.getMessage()));
        } catch (MappingException | IllegalArgumentException fault) {
            return refused(said, "UNREADABLE", String.valueOf(fault.getMessage()));
        }
    }

    /**
     * An error, not a refusal: an earlier attempt may have started the child, and a step that is
     * refused is not taken back.
     */
    private ProducerRecord<byte[], byte[]> refused(
            ConsumerRecord<byte[], byte[]> said, String code, String reason) {
        return answer(said, new Outcome.Erred(code, reason));
    }

    private ProducerRecord<byte[], byte[]> answer(
            ConsumerRecord<byte[], byte[]> said, Outcome outcome) {
        return writer.answer(said.key(), said.headers(), outcome);
    }
}
