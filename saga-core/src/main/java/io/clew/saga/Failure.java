package io.clew.saga;

/**
 * Why a step, and with it perhaps the saga, did not go on: a value, never an exception.
 *
 * @param code stable code: a participant's own, or one of the constants here
 * @param reason one sentence for people, may be empty
 * @param step path of the step it came from, empty if it came from outside any step
 */
public record Failure(String code, String reason, String step) {
    /** Given up without an answer. */
    public static final String IN_DOUBT = "IN_DOUBT";

    /** Nothing that was awaited has come. */
    public static final String TIMED_OUT = "TIMED_OUT";

    /** A loop has more items than are done. */
    public static final String TOO_MANY_ITEMS = "TOO_MANY_ITEMS";

    public static final String DEADLINE = "DEADLINE";
    public static final String CANCELLED = "CANCELLED";

    /** An operator takes the saga back to a step it has passed. */
    public static final String REWOUND = "REWOUND";

    public Failure {
        if (code.isEmpty()) {
            throw new IllegalArgumentException("Expected a failure code but got an empty one");
        }
    }
}
