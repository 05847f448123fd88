package io.clew.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.avro.AvroFrame;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Answers commands by the wire contract. What it does is a function of the command alone, so a
 * repeated command gets the same outcome without a memory of it.
 */
record CommandHandler(OrderSchemas schemas) implements Relay.Handler {

    private static final byte[] SUCCEEDED = "succeeded".getBytes(UTF_8);
    private static final byte[] FAILED = "failed".getBytes(UTF_8);
    private static final byte[] REPLY = "reply".getBytes(UTF_8);
    private static final byte[] REFUSED = "REFUSED".getBytes(UTF_8);
    private static final byte[] VERSION = "1.0".getBytes(UTF_8);
    private static final byte[] SOURCE = "/bench".getBytes(UTF_8);
    private static final byte[] TYPE = OrderSchemas.DONE.getFullName().getBytes(UTF_8);

    @Override
    public void handle(
            ConsumerRecord<byte[], byte[]> command,
            Consumer<ProducerRecord<byte[], byte[]>> answers) {
        Headers asked = command.headers();
        boolean undo = "compensation".equals(text(asked, "ce_sagadirection"));
        GenericRecord content =
                AvroFrame.decodeGeneric(
                        AvroFrame.payload(command.value()),
                        undo ? OrderSchemas.UNDO : OrderSchemas.DO);
        boolean refused = !undo && Boolean.TRUE.equals(content.get("refuse"));
        byte[] result = undo || refused ? null : schemas.done(content.get("orderId").toString());
        var reply =
                new ProducerRecord<>(
                        text(asked, "ce_sagareplytopic"),
                        Integer.valueOf(text(asked, "ce_sagareplypartition")),
                        command.key(),
                        result);
        head(asked, reply.headers(), refused);
        answers.accept(reply);
    }

    private static void head(Headers asked, Headers reply, boolean refused) {
        for (Header header : asked) {
            if (header.key().startsWith("ce_saga")) {
                reply.add(header);
            }
        }
        reply.add("ce_specversion", VERSION);
        reply.add("ce_id", ("reply-to/" + text(asked, "ce_id")).getBytes(UTF_8));
        reply.add("ce_type", TYPE);
        reply.add("ce_source", SOURCE);
        reply.add("ce_time", Instant.now().toString().getBytes(UTF_8));
        reply.add("ce_sagakind", REPLY);
        reply.add("ce_sagaoutcome", refused ? FAILED : SUCCEEDED);
        if (refused) {
            reply.add("ce_sagacode", REFUSED);
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null) {
            throw new IllegalStateException("Expected a command with " + name + " but it has none");
        }
        return new String(header.value(), UTF_8);
    }
}
