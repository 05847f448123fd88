package io.clew.participant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A command as a coordinator would send it, written from the wire contract alone. */
final class TestCommand {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final SpecificRecord payload;

    private TestCommand(String sagaId, String direction, SpecificRecord payload) {
        this.payload = payload;
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", payload.getSchema().getFullName());
        headers.put("ce_source", "/clew/order-fulfilment");
        headers.put("ce_time", "2026-03-01T11:59:59Z");
        headers.put("content-type", "application/vnd.confluent.avro");
        headers.put("ce_sagaid", sagaId);
        headers.put("ce_sagarun", "1772366399000");
        headers.put("ce_sagastep", "chargePayment");
        headers.put("ce_sagadirection", direction);
        headers.put("ce_sagaexecution", "1");
        headers.put("ce_sagaattempt", "1");
        headers.put("ce_sagareplytopic", "saga.inbox");
        headers.put("ce_sagareplypartition", "3");
    }

    static TestCommand action(String sagaId, SpecificRecord payload) {
        return new TestCommand(sagaId, "action", payload);
    }

    static TestCommand compensation(String sagaId, SpecificRecord payload) {
        return new TestCommand(sagaId, "compensation", payload).with("ce_sagacompensates", "1");
    }

    TestCommand attempt(int attempt) {
        return with("ce_sagaattempt", Integer.toString(attempt));
    }

    TestCommand with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    TestCommand without(String header) {
        headers.remove(header);
        return this;
    }

    ProducerRecord<byte[], byte[]> sent(Payloads payloads) {
        return sent(payloads.encode("payment.commands", payload));
    }

    ProducerRecord<byte[], byte[]> sent(byte[] value) {
        var all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        var key = headers.getOrDefault("ce_sagaid", "unknown").getBytes(UTF_8);
        return new ProducerRecord<>("payment.commands", null, key, value, all);
    }
}
