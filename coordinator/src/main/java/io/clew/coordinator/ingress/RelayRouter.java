package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.definitions.Intake;
import io.clew.coordinator.wire.KinReader;
import io.clew.coordinator.wire.KinReader.Said;
import io.clew.coordinator.wire.RelayWriter;
import io.clew.coordinator.wire.TriggerWriter;
import io.clew.saga.Bytes;
import io.clew.saga.ChildSagas;
import io.clew.saga.MappingException;
import io.clew.saga.NotYetException;
import io.clew.saga.Outcome;
import io.clew.saga.ParentCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Says what a record on the topic of commands to children becomes on the inbox. It keeps nothing:
 * the same record becomes the same again, and the inbox tells repeats.
 *
 * @param definitions say which version of a child's definition is started
 * @param stamp stamps starts
 * @param writer writes for the inbox
 * @param clock tells starts that are older than their key stays taken
 */
record RelayRouter(
        AppliedDefinitions definitions, Stamp stamp, RelayWriter writer, InstantSource clock) {

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
                    new Brought.ToInbox(writer.forwarded(said.key(), said.value(), said.headers()));
            case Said.Unreadable bad -> new Brought.Dead(bad.code(), bad.reason());
        };
    }

    private ProducerRecord<byte[], byte[]> start(
            ConsumerRecord<byte[], byte[]> said, Said.Start start) {
        if (definitions.versions(start.definition()).isEmpty()) {
            String reason = "there is no definition " + start.definition() + "; apply it";
            return erred(said, "NO_SUCH_DEFINITION", reason);
        }
        Optional<Intake> intake = definitions.childIntake(start.definition());
        if (intake.isEmpty()) {
            String reason = "no version of " + start.definition() + " is active; activate one";
            return erred(said, "NO_ACTIVE_VERSION", reason);
        }
        AppliedDefinition definition =
                intake.get().taker(ChildSagas.id(start.definition(), start.parent()));
        String expected = definition.compiled().trigger().eventType();
        if (!expected.equals(start.type())) {
            String reason = definition.ref() + " is started by " + expected;
            return erred(said, "OTHER_EVENT", reason + ", not by " + start.type());
        }
        if (said.value() == null) {
            return erred(said, "UNREADABLE", "Expected a " + expected + " but got no value");
        }
        Duration uniqueFor = definition.compiled().definition().uniqueFor();
        Instant sentAt = Instant.ofEpochMilli(said.timestamp());
        if (sentAt.isBefore(clock.instant().minus(uniqueFor))) {
            return erred(said, "TOO_OLD", "Expected a command of the last " + uniqueFor);
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
            return erred(said, "TOO_LARGE", String.valueOf(tooLarge.getMessage()));
        } catch (MappingException | IllegalArgumentException fault) {
            return erred(said, "UNREADABLE", String.valueOf(fault.getMessage()));
        }
    }

    /**
     * An error, not a refusal: what is missing may come yet, and an earlier attempt may have
     * started the child, while a step that is refused is not taken back.
     */
    private ProducerRecord<byte[], byte[]> erred(
            ConsumerRecord<byte[], byte[]> said, String code, String reason) {
        return writer.answer(said.key(), said.headers(), new Outcome.Erred(code, reason));
    }
}
