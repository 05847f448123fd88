package io.clew.coordinator.wire;

import io.clew.saga.Bytes;
import io.clew.saga.Outcome;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** What a reply says came of a command, as headers. */
final class Outcomes {
    private static final String SUCCEEDED = "succeeded";
    private static final String FAILED = "failed";
    private static final String ERROR = "error";
    private static final String PROGRESS = "progress";

    /** A refusal needs a code; a participant that gives none still refuses. */
    private static final String NO_CODE = "UNSPECIFIED";

    private Outcomes() {}

    /** Says it, except for a {@link #result}. */
    static void put(Headers headers, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded ignored -> put(headers, SUCCEEDED);
            case Outcome.Progress ignored -> put(headers, PROGRESS);
            case Outcome.Failed failed -> {
                put(headers, FAILED);
                why(headers, failed.code(), failed.reason());
            }
            case Outcome.Erred erred -> {
                put(headers, ERROR);
                why(headers, erred.code(), erred.reason());
            }
        }
    }

    /** The value of a reply that says it. */
    static Optional<Bytes> result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded done -> done.result();
            case Outcome.Failed ignored -> Optional.empty();
            case Outcome.Erred ignored -> Optional.empty();
            case Outcome.Progress ignored -> Optional.empty();
        };
    }

    private static void put(Headers headers, String word) {
        WireHeaders.put(headers, WireHeaders.OUTCOME, word);
    }

    private static void why(Headers headers, String code, String reason) {
        WireHeaders.put(headers, WireHeaders.CODE, code);
        WireHeaders.put(headers, WireHeaders.REASON, reason);
    }

    /**
     * @throws UnreadableException if the headers say none
     */
    static Outcome read(HeaderReader headers, Optional<Bytes> value) {
        String outcome = headers.text(WireHeaders.OUTCOME);
        String code = headers.find(WireHeaders.CODE).filter(it -> !it.isEmpty()).orElse(NO_CODE);
        String reason = headers.find(WireHeaders.REASON).orElse("");
        return switch (outcome) {
            case SUCCEEDED -> new Outcome.Succeeded(value);
            case FAILED -> new Outcome.Failed(code, reason);
            case ERROR -> new Outcome.Erred(code, reason);
            case PROGRESS -> new Outcome.Progress();
            default ->
                    throw new UnreadableException(
                            "BAD_HEADER",
                            "Expected succeeded, failed, error or progress in "
                                    + (WireHeaders.OUTCOME + " but got '" + outcome + "'"));
        };
    }
}
