package io.clew.it.faults.check;

/**
 * Something that is not as it has to be.
 *
 * @param kind how bad it is
 * @param sagaId the saga, or what else it is about
 * @param text what was found
 */
public record Finding(Kind kind, String sagaId, String text) {
    public enum Kind {
        /** A saga that was asked for has neither an end nor an incident. */
        LOST,
        /** Something took effect twice. */
        DOUBLED,
        /** Anything else. */
        WRONG
    }
}
