package io.clew.coordinator.wire;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it goes out, every byte of it fixed.
 *
 * @param topic where it goes
 * @param key its key
 * @param value its value
 * @param headers its headers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutRecord(
        String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {

    /** Upper bound of what it takes in a request, batch overhead included. */
    public int size() {
        int size = 128 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (Header header : headers) {
            byte[] content = header.value();
            size += 10 + header.key().length() * 3 + (content == null ? 0 : content.length);
        }
        return size;
    }
}
