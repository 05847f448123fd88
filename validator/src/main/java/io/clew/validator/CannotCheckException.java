package io.clew.validator;

/** Nothing can be said about a definition: a file or the registry cannot be read. */
final class CannotCheckException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotCheckException(String message, Throwable cause) {
        super(message, cause);
    }
}
