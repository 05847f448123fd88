package io.clew.participant;

import org.jspecify.annotations.Nullable;

/**
 * The content of a reply, without its headers.
 *
 * @param outcome the word on the wire: succeeded, failed, error or progress
 * @param valueType full name of the record in {@code value}
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka and JDBC both want the array; nobody compares it.
record Answer(
        String outcome,
        @Nullable String code,
        @Nullable String reason,
        @Nullable String valueType,
        byte @Nullable [] value) {
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String ERROR = "error";
    static final String PROGRESS = "progress";

    static Answer succeeded() {
        return new Answer(SUCCEEDED, null, null, null, null);
    }

    static Answer failed(String code, String reason) {
        return new Answer(FAILED, code, reason, null, null);
    }

    static Answer error(String code, @Nullable String reason) {
        return new Answer(ERROR, code, reason, null, null);
    }

    static Answer progress() {
        return new Answer(PROGRESS, null, null, null, null);
    }

    static Answer fenced() {
        return failed("FENCED", "Its compensation came first");
    }

    /** The CloudEvents type of the reply. */
    String type() {
        return valueType == null ? "io.clew.reply." + outcome : valueType;
    }

    boolean isFailed() {
        return outcome.equals(FAILED);
    }
}
