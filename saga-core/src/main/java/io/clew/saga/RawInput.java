package io.clew.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One record of the inbox as it stands there.
 *
 * @param key its key, a saga id if all is well
 * @param position where it stands
 * @param timestamp the broker's append time
 * @param value its value, none for a null value
 * @param headers its headers in their order
 */
public record RawInput(
        String key,
        Position position,
        Instant timestamp,
        Optional<Bytes> value,
        List<Header> headers) {
    public RawInput {
        headers = List.copyOf(headers);
    }

    /** One header. */
    public record Header(String name, Bytes value) {}
}
