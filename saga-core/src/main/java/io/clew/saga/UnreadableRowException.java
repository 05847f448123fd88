package io.clew.saga;

/** A row that is there cannot be read: by this binary, or by any. */
public final class UnreadableRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRowException(String what, RuntimeException cause) {
        super("Expected to read " + what + " but got " + cause, cause);
    }
}
