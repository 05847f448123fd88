package io.clew.coordinator.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.avro.AvroFrame;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.definitions.Intake;
import io.clew.language.PinnedSchema;
import io.clew.language.TriggerSpec;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import io.clew.saga.NotYetException;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Starts sagas without their business topic: JSON becomes the event the definition is pinned to.
 */
public final class ApiStarts {

    private final AppliedDefinitions definitions;
    private final Stamp stamp;
    private final InboxSink inbox;
    private final Admission admission;

    public ApiStarts(
            AppliedDefinitions definitions, Stamp stamp, InboxSink inbox, Admission admission) {
        this.definitions = definitions;
        this.stamp = stamp;
        this.inbox = inbox;
        this.admission = admission;
    }

    /** What became of the wish to start a saga. */
    public sealed interface Prepared {

        /** It can be put on the inbox. */
        record Ready(SagaId saga, SagaInput.Trigger trigger) implements Prepared {}

        record UnknownDefinition() implements Prepared {}

        /** None of its versions takes new sagas. */
        record NoActiveVersion() implements Prepared {}

        /** The event does not fit, for each of these reasons. */
        record Faulty(List<String> faults) implements Prepared {}

        /** Something it needs is away; the same call may work later. */
        record Unavailable(String reason) implements Prepared {}
    }

    /** What became of a start that was made. */
    public sealed interface Begun {

        /** It is on its way to the inbox. */
        record OnInbox(CompletionStage<RecordMetadata> at) implements Begun {}

        /** There is too much to do at present; the same call may work later. */
        record HeldBack(String reason) implements Begun {}
    }

    /** Puts a start on the inbox, unless new sagas are held back. */
    public Begun begin(Prepared.Ready start) {
        if (!admission.open()) {
            return new Begun.HeldBack(admission.closedBecause().orElse("there is too much to do"));
        }
        admission.letIn(1);
        return new Begun.OnInbox(inbox.start(start.saga(), start.trigger()));
    }

    /**
     * Makes the start of a saga.
     *
     * @param name name of its definition; the version that takes its key is used
     * @param event the event as plain JSON
     * @param traceparent W3C trace context of the caller
     */
    public Prepared prepare(String name, JsonNode event, Optional<String> traceparent) {
        if (definitions.versions(name).isEmpty()) {
            return definitions.caughtUp()
                    ? new Prepared.UnknownDefinition()
                    : new Prepared.Unavailable("the definitions are still being read");
        }
        return definitions
                .intake(name)
                .map(it -> prepare(it, event, traceparent))
                .orElseGet(() -> nobody(name));
    }

    private Prepared nobody(String name) {
        return definitions
                .rollout(name)
                .active()
                .<Prepared>map(
                        it ->
                                new Prepared.Unavailable(
                                        "the active version %d of %s cannot run on this release"
                                                .formatted(it, name)))
                .orElseGet(Prepared.NoActiveVersion::new);
    }

    /** What only the candidate can read may be meant for it: the key, read by it, says so. */
    private Prepared prepare(Intake intake, JsonNode event, Optional<String> traceparent) {
        Prepared prepared = prepare(intake.active(), event, traceparent);
        if (intake.candidate().isEmpty() || prepared instanceof Prepared.Unavailable) {
            return prepared;
        }
        Prepared tried = prepare(intake.candidate().get(), event, traceparent);
        Prepared known = prepared instanceof Prepared.Ready ? prepared : tried;
        boolean takes =
                known instanceof Prepared.Ready ready
                        && intake.candidateFor(ready.saga()).isPresent();
        return takes ? tried : prepared;
    }

    private Prepared prepare(
            AppliedDefinition definition, JsonNode event, Optional<String> traceparent) {
        TriggerSpec trigger = definition.compiled().trigger();
        String subject = trigger.topic() + "-" + trigger.eventType();
        return switch (frame(definition, subject, "event", event)) {
            case Framed.Faulty faulty -> new Prepared.Faulty(faulty.faults());
            case Framed.Fits fits -> stamped(definition, fits.value(), traceparent);
        };
    }

    /** A value made from JSON. */
    public sealed interface Framed {

        /** Framed like a record value. */
        record Fits(Bytes value) implements Framed {}

        /** The JSON does not fit, for each of these reasons. */
        record Faulty(List<String> faults) implements Framed {}
    }

    /** Makes a value of the schema that {@code definition} pins for {@code subject}. */
    public static Framed frame(
            AppliedDefinition definition, String subject, String name, JsonNode json) {
        Optional<PinnedSchema> pinned =
                definition.compiled().schemas().stream()
                        .filter(it -> it.subject().equals(subject))
                        .findFirst();
        if (pinned.isEmpty()) {
            return new Framed.Faulty(
                    List.of(name + ": " + definition.ref() + " has no schema of " + subject));
        }
        Schema schema = pinned.get().schema();
        return switch (JsonEvents.read(schema, json, name)) {
            case JsonEvents.Read.Faulty faulty -> new Framed.Faulty(faulty.faults());
            case JsonEvents.Read.Fits fits ->
                    new Framed.Fits(
                            Bytes.wrap(AvroFrame.encode(pinned.get().id(), schema, fits.event())));
        };
    }

    private Prepared stamped(
            AppliedDefinition definition, Bytes event, Optional<String> traceparent) {
        try {
            Routed.Start start = stamp.start(definition, event, traceparent);
            return new Prepared.Ready(start.saga(), start.trigger());
        } catch (NotYetException wait) {
            return new Prepared.Unavailable(String.valueOf(wait.getMessage()));
        } catch (TooLargeException | MappingException | IllegalArgumentException fault) {
            return new Prepared.Faulty(List.of("event: " + fault.getMessage()));
        }
    }
}
