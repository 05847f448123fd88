package io.clew.saga;

/** How much is taken back. */
public sealed interface Reach {
    /** All there is, and the saga ends. */
    record Everything() implements Reach {}

    /**
     * What was done since a place; then the saga goes forward from there.
     *
     * @param name savepoint or step at which it goes on
     * @param kept how many of its actions, counted from the first, stay
     */
    record Since(String name, int kept) implements Reach {}

    /** Nothing: the saga stands still for an operator. */
    record Nothing() implements Reach {}

    /** Whether what the other asks for happens anyhow. */
    default boolean covers(Reach other) {
        return this instanceof Everything
                || !(other instanceof Everything) && floor() <= other.floor();
    }

    /** Index of the first action that is taken back. */
    default int floor() {
        return switch (this) {
            case Everything ignored -> 0;
            case Since since -> since.kept();
            case Nothing ignored -> Integer.MAX_VALUE;
        };
    }
}
