package io.clew.saga;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Definition name plus business key, {@code <definition>:<percent-encoded key>}: the Kafka key of
 * everything about one saga.
 */
public record SagaId(String value) implements Comparable<SagaId> {
    private static final int MAX_KEY_BYTES = 200;

    public SagaId {
        int colon = value.indexOf(':');
        if (colon < 1 || colon == value.length() - 1) {
            throw new IllegalArgumentException(
                    "Expected a saga id of the form <definition>:<key> but got '" + value + "'");
        }
    }

    /**
     * The id of the saga of {@code definition} with this business key.
     *
     * @throws IllegalArgumentException if the key is not 1 to 200 bytes of UTF-8
     */
    public static SagaId of(String definition, String businessKey) {
        int size = businessKey.getBytes(StandardCharsets.UTF_8).length;
        if (size < 1 || size > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a business key of 1 to " + MAX_KEY_BYTES + " bytes but got " + size);
        }
        String encoded =
                URLEncoder.encode(businessKey, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
        return new SagaId(definition + ":" + encoded);
    }

    public String definition() {
        return value.substring(0, value.indexOf(':'));
    }

    public String businessKey() {
        String encoded = value.substring(value.indexOf(':') + 1).replace("+", "%2B");
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(SagaId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
