package io.clew.coordinator.ingress;

/** An event is larger than a saga may carry along. */
public final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
        super(message);
    }
}
