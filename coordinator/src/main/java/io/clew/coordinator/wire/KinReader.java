package io.clew.coordinator.wire;

import io.clew.saga.Bytes;
import io.clew.saga.ChildSagas;
import io.clew.saga.Direction;
import io.clew.saga.Parent;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads what parents and children say to each other: as it was written. */
public final class KinReader {
    private KinReader() {}

    /** What stands on the topic of commands to children. */
    public sealed interface Said {
        /**
         * A child is to start; the value is its trigger.
         *
         * @param definition its definition
         * @param type full name of the trigger's record
         */
        record Start(String definition, Parent parent, int attempt, String type) implements Said {}

        /** A child is to be taken back. */
        record Back(SagaId child, SagaInput.TakeBack ask) implements Said {}

        /** A parent has ended. */
        record Ended(SagaId child, Parent parent) implements Said {}

        /** A child answers. */
        record Answer() implements Said {}

        /** Nobody can say what it is. */
        record Unreadable(String code, String reason) implements Said {}
    }

    /** Reads a record of the topic of commands to children. */
    public static Said read(ConsumerRecord<byte[], byte[]> said) {
        HeaderReader headers = headers(said);
        try {
            String kind = headers.find(WireHeaders.KIND).orElse("");
            return switch (kind) {
                case WireHeaders.KIND_REPLY -> new Said.Answer();
                case WireHeaders.KIND_PARENT_ENDED -> ended(headers);
                default -> command(headers);
            };
        } catch (UnreadableException bad) {
            return new Said.Unreadable(bad.code(), bad.reason());
        } catch (IllegalArgumentException bad) {
            return new Said.Unreadable("BAD_HEADER", String.valueOf(bad.getMessage()));
        }
    }

    private static HeaderReader headers(ConsumerRecord<byte[], byte[]> said) {
        List<RawInput.Header> headers = new ArrayList<>();
        for (Header header : said.headers()) {
            byte[] value = header.value() == null ? new byte[0] : header.value();
            headers.add(new RawInput.Header(header.key(), Bytes.wrap(value)));
        }
        return new HeaderReader(headers);
    }

    private static Said ended(HeaderReader headers) {
        Parent parent = parentOf(headers);
        return new Said.Ended(ChildSagas.id(headers.text(WireHeaders.CHILD), parent), parent);
    }

    private static Said command(HeaderReader headers) {
        String definition = headers.text(WireHeaders.CHILD);
        boolean action = headers.text(WireHeaders.DIRECTION).equals(Direction.ACTION.wireName());
        int number = headers.count(WireHeaders.EXECUTION);
        int attempt = headers.count(WireHeaders.ATTEMPT);
        Parent parent =
                new Parent(
                        new SagaId(headers.text(WireHeaders.SAGA_ID)),
                        headers.number(WireHeaders.RUN, 0),
                        headers.text(WireHeaders.STEP),
                        action ? number : headers.count(WireHeaders.COMPENSATES),
                        headers.find(WireHeaders.TOKEN).map(KinReader::keyOf));
        return action
                ? new Said.Start(definition, parent, attempt, headers.text(WireHeaders.TYPE))
                : new Said.Back(
                        ChildSagas.id(definition, parent),
                        new SagaInput.TakeBack(parent, number, attempt));
    }

    private static String keyOf(String token) {
        return token.substring(0, Math.max(0, token.indexOf('.')));
    }

    /** The trace context of a command. */
    public static Optional<String> traceparent(ConsumerRecord<byte[], byte[]> said) {
        Header header = said.headers().lastHeader(WireHeaders.TRACE_PARENT);
        return Optional.ofNullable(header)
                .map(Header::value)
                .map(it -> new String(it, StandardCharsets.UTF_8));
    }

    static Optional<Parent> parent(HeaderReader headers) {
        Optional<String> text = headers.find(WireHeaders.PARENT);
        try {
            return text.map(it -> Parent.parse(it, headers.find(WireHeaders.PARENT_TOKEN_KEY)));
        } catch (IllegalArgumentException bad) {
            throw new UnreadableException("BAD_HEADER", String.valueOf(bad.getMessage()));
        }
    }

    static Parent parentOf(HeaderReader headers) {
        return parent(headers)
                .orElseThrow(
                        () ->
                                new UnreadableException(
                                        "MISSING_HEADER",
                                        "Expected a header " + WireHeaders.PARENT));
    }
}
