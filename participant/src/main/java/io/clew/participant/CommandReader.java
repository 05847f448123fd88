package io.clew.participant;

import static io.clew.participant.WireHeaders.text;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Makes a command of a raw record, or says why it cannot. */
final class CommandReader {
    private final Participant participant;
    private final Payloads payloads;

    CommandReader(Participant participant, Payloads payloads) {
        this.participant = participant;
        this.payloads = payloads;
    }

    /** What became of a raw record. */
    sealed interface Reading {

        record Accepted(Command command) implements Reading {}

        /** Not a command, but there is an address to say so to. */
        record Refusable(ReplyAddress replyTo, String reason) implements Reading {}

        /** Not a command, and nobody to tell. */
        record Unanswerable(String reason) implements Reading {}
    }

    Reading read(ConsumerRecord<byte[], byte[]> origin) {
        var replyTo = replyAddress(origin.headers());
        try {
            if (replyTo.isEmpty()) {
                return new Reading.Unanswerable(
                        "Expected a saga id and a reply topic and partition in the headers");
            }
            return new Reading.Accepted(command(origin, replyTo.get()));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return new Reading.Refusable(replyTo.orElseThrow(), String.valueOf(e.getMessage()));
        }
    }

    private Command command(ConsumerRecord<byte[], byte[]> origin, ReplyAddress replyTo) {
        var headers = origin.headers();
        var identity =
                new CommandIdentity(
                        required(headers, WireHeaders.SAGA_ID),
                        Long.parseLong(required(headers, WireHeaders.RUN)),
                        required(headers, WireHeaders.STEP),
                        Direction.ofWireName(required(headers, WireHeaders.DIRECTION)),
                        Integer.parseInt(required(headers, WireHeaders.EXECUTION)));
        return new Command(
                origin,
                replyTo,
                identity,
                Integer.parseInt(required(headers, WireHeaders.ATTEMPT)),
                compensates(identity, headers),
                text(headers, WireHeaders.DEADLINE).map(at -> OffsetDateTime.parse(at).toInstant()),
                payload(origin.topic(), origin.value()));
    }

    /** Empty also on a compensation that takes back an event: there was no action of it. */
    private static OptionalInt compensates(CommandIdentity identity, Headers headers) {
        return switch (identity.direction()) {
            case ACTION -> OptionalInt.empty();
            case COMPENSATION ->
                    text(headers, WireHeaders.COMPENSATES)
                            .map(it -> OptionalInt.of(Integer.parseInt(it)))
                            .orElseGet(OptionalInt::empty);
        };
    }

    private SpecificRecord payload(String topic, byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalArgumentException("Expected a command but found no value");
        }
        var payload = payloads.decode(topic, value);
        if (payload instanceof SpecificRecord command
                && participant.handlingOf(command.getSchema().getFullName()).isPresent()) {
            return command;
        }
        throw new IllegalArgumentException(
                "Expected a command of participant "
                        + participant.name()
                        + " but found "
                        + payload.getSchema().getFullName());
    }

    private static Optional<ReplyAddress> replyAddress(Headers headers) {
        var partition =
                text(headers, WireHeaders.REPLY_PARTITION).filter(p -> p.matches("\\d{1,6}"));
        var topic = text(headers, WireHeaders.REPLY_TOPIC).filter(t -> !t.isBlank());
        var sagaId = text(headers, WireHeaders.SAGA_ID).filter(id -> !id.isBlank());
        if (partition.isEmpty() || topic.isEmpty() || sagaId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ReplyAddress(topic.get(), Integer.parseInt(partition.get()), sagaId.get()));
    }

    private static String required(Headers headers, String name) {
        return text(headers, name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Expected header " + name + " but found none"));
    }
}
