package io.clew.saga;

/**
 * Something outside the log that a pure step needs, such as the schema a value was written with,
 * cannot be had at present. The input is kept and taken again later; nothing else follows from it.
 */
public final class NotYetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotYetException(String reason) {
        super(reason);
    }
}
