package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.Bytes;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A participant's reply: it echoes the headers of the command it answers. */
record TestReply(ProducerRecord<byte[], byte[]> record) {

    static TestReply to(Sent command, String outcome) {
        Headers headers = new RecordHeaders();
        for (Header header : command.record().headers()) {
            if (header.key().startsWith("ce_saga")) {
                headers.add(header);
            }
        }
        headers.add(WireHeaders.KIND, "reply".getBytes(UTF_8));
        headers.add(WireHeaders.OUTCOME, outcome.getBytes(UTF_8));
        return new TestReply(
                new ProducerRecord<>("saga.inbox", 0, command.record().key(), null, headers));
    }

    static TestReply succeeds(Sent command) {
        return to(command, "succeeded");
    }

    static TestReply fails(Sent command, String code) {
        return to(command, "failed").with(WireHeaders.CODE, code);
    }

    TestReply with(String header, String value) {
        record.headers().remove(header).add(header, value.getBytes(UTF_8));
        return this;
    }

    TestReply without(String header) {
        record.headers().remove(header);
        return this;
    }

    TestReply with(Bytes value) {
        return new TestReply(
                new ProducerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.key(),
                        value.array(),
                        record.headers()));
    }
}
