package io.clew.participant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes replies: headers from the command being answered, outcome and value from the books. */
final class ReplyWriter {
    private static final int REASON_LIMIT = 1_000;

    private final String source;
    private final Clock clock;

    ReplyWriter(String participant, Clock clock) {
        this.source = "/clew/participants/" + participant;
        this.clock = clock;
    }

    ProducerRecord<byte[], byte[]> reply(Command command, Answer answer) {
        return reply(command.origin(), command.replyTo(), answer);
    }

    ProducerRecord<byte[], byte[]> reply(
            ConsumerRecord<byte[], byte[]> command, ReplyAddress replyTo, Answer answer) {
        return new ProducerRecord<>(
                replyTo.topic(),
                replyTo.partition(),
                replyTo.sagaId().getBytes(UTF_8),
                answer.value(),
                headers(command.headers(), answer));
    }

    private Headers headers(Headers command, Answer answer) {
        var headers = new RecordHeaders();
        for (var header : command) {
            if (isEchoed(header.key())) {
                headers.add(header);
            }
        }
        WireHeaders.put(headers, WireHeaders.SPEC_VERSION, "1.0");
        WireHeaders.put(headers, WireHeaders.ID, UUID.randomUUID().toString());
        WireHeaders.put(headers, WireHeaders.TYPE, answer.type());
        WireHeaders.put(headers, WireHeaders.SOURCE, source);
        WireHeaders.put(headers, WireHeaders.TIME, clock.instant().toString());
        WireHeaders.put(headers, WireHeaders.CONTENT_TYPE, WireHeaders.AVRO);
        WireHeaders.put(headers, WireHeaders.KIND, "reply");
        WireHeaders.put(headers, WireHeaders.OUTCOME, answer.outcome());
        putIfSet(headers, WireHeaders.CODE, answer.code());
        putIfSet(headers, WireHeaders.REASON, answer.reason());
        return headers;
    }

    private static boolean isEchoed(String name) {
        return switch (name) {
            case WireHeaders.KIND, WireHeaders.OUTCOME, WireHeaders.CODE, WireHeaders.REASON ->
                    false;
            case WireHeaders.TRACE_PARENT, WireHeaders.TRACE_STATE -> true;
            default -> name.startsWith(WireHeaders.SAGA_PREFIX);
        };
    }

    private static void putIfSet(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            WireHeaders.put(
                    headers, name, value.substring(0, Math.min(value.length(), REASON_LIMIT)));
        }
    }
}
