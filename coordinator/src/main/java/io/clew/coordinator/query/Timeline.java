package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to a saga, as it stands on {@code saga.events}.
 *
 * @param unreadable records under its key that are no transitions: somebody else wrote them
 * @param complete false if a limit of records or time was hit before the present status was told
 */
public record Timeline(
        String sagaId, List<Entry> entries, List<Unreadable> unreadable, boolean complete) {

    /** One input, and what it did or why it did nothing. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Entry(
            long run,
            long revision,
            Instant time,
            String phase,
            Cause cause,
            Optional<String> rejection,
            List<Map<String, Object>> events) {}

    /** The record of the inbox that caused it. */
    public record Cause(String kind, int partition, long offset) {}

    /** A record of the topic that was left out, and why. */
    public record Unreadable(int partition, long offset, String reason) {}
}
