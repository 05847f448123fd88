package io.clew.it.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a command, made by hand from the wire contract.
 *
 * @param outcome succeeded, failed or progress
 * @param code why it failed; empty if it succeeded
 * @param value the framed result; null if there is none
 */
public record PlainReply(String outcome, String code, @Nullable ByteBuffer value) {

    public static PlainReply succeeded() {
        return new PlainReply("succeeded", "", null);
    }

    public static PlainReply succeeded(byte[] value) {
        return new PlainReply("succeeded", "", ByteBuffer.wrap(value));
    }

    /** It is still at work. */
    public static PlainReply progress() {
        return new PlainReply("progress", "", null);
    }

    public static PlainReply failed(String code) {
        return new PlainReply("failed", code, null);
    }

    /** The record to send. */
    public ProducerRecord<byte[], byte[]> to(ConsumerRecord<?, byte[]> command) {
        ProducerRecord<byte[], byte[]> reply =
                new ProducerRecord<>(
                        header(command, "ce_sagareplytopic"),
                        Integer.parseInt(header(command, "ce_sagareplypartition")),
                        command.headers().lastHeader("ce_sagaid").value(),
                        bytes());
        for (Header header : command.headers()) {
            if (header.key().startsWith("ce_saga")) {
                reply.headers().add(header);
            }
        }
        put(reply, "ce_specversion", "1.0");
        put(reply, "ce_id", UUID.randomUUID().toString());
        put(reply, "ce_type", "plain.Reply");
        put(reply, "ce_source", "/plain-participant");
        put(reply, "ce_time", Instant.now().toString());
        put(reply, "ce_sagakind", "reply");
        put(reply, "ce_sagaoutcome", outcome);
        if (!code.isEmpty()) {
            put(reply, "ce_sagacode", code);
        }
        return reply;
    }

    private byte @Nullable [] bytes() {
        if (value == null) {
            return null;
        }
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    private static void put(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
