package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.Bytes;
import io.clew.saga.Effect;
import io.clew.saga.RawInput;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes records that no saga can take: key, value and headers as they were, cause and origin in
 * further headers.
 *
 * @param topic topic of dead letters
 * @param inbox topic they came from
 */
public record DeadLetters(String topic, String inbox) {
    private static final int MAX_REASON = 1000;

    public OutRecord write(Effect.DeadLetter letter, Instant now) {
        byte[] key = letter.raw().key().getBytes(UTF_8);
        return write(key, letter, now);
    }

    /** A record whose key is not text. */
    public OutRecord write(byte @Nullable [] key, Effect.DeadLetter letter, Instant now) {
        RawInput raw = letter.raw();
        Headers headers = new RecordHeaders();
        raw.headers().forEach(it -> headers.add(it.name(), it.value().array()));
        WireHeaders.put(headers, WireHeaders.DLT_CAUSE, letter.code());
        WireHeaders.put(headers, WireHeaders.DLT_REASON, shortened(letter.reason()));
        WireHeaders.put(headers, WireHeaders.DLT_TOPIC, inbox);
        WireHeaders.put(headers, WireHeaders.DLT_PARTITION, raw.position().partition());
        WireHeaders.put(headers, WireHeaders.DLT_OFFSET, raw.position().offset());
        WireHeaders.put(headers, WireHeaders.DLT_TIME, now.toString());
        return new OutRecord(topic, key, raw.value().map(Bytes::array).orElse(null), headers);
    }

    /** What has arrived for a saga, and was never taken. */
    public OutRecord write(Effect.Unclaimed unclaimed, Instant now) {
        return ArrivalWriter.unclaimed(unclaimed, topic, now);
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
    }
}
