package io.clew.coordinator.wire;

/** The record itself is wrong; {@link InputReader} turns this into a value. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    UnreadableException(String code, String reason) {
        super(reason);
        this.code = code;
    }

    String code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
