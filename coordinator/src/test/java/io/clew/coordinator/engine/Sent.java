package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.coordinator.wire.WireHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;

/** A record that came out of the coordinator. */
record Sent(String topic, TestRecord<byte[], byte[]> record) {

    String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    String id() {
        return header(WireHeaders.ID);
    }

    /** Step and direction, such as {@code createOrder/action}. */
    String what() {
        return header(WireHeaders.STEP) + "/" + header(WireHeaders.DIRECTION);
    }

    String key() {
        return new String(record.key(), UTF_8);
    }

    /** All that must be the same whenever this command id is sent. */
    String content() {
        StringBuilder content = new StringBuilder();
        for (Header header : record.headers()) {
            if (header.key().startsWith("ce_")) {
                content.append(header.key()).append('=').append(header(header.key())).append('\n');
            }
        }
        return content + java.util.HexFormat.of().formatHex(record.value());
    }
}
