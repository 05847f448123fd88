package io.clew.saga;

/**
 * The same steps for each item of a list.
 *
 * @param id unique in the definition, of its place in it
 * @param items how many there are; its value is asked for once, when the loop is entered
 * @param concurrency how many items are under way at once, from 1
 * @param steps what is done for each
 */
public record ForEach(String id, Formula<Integer> items, int concurrency, Sequence steps)
        implements Node {
    /** A saga with more is a saga of too many things at once: its row is written at each step. */
    public static final int MOST_ITEMS = 1000;

    public ForEach {
        if (concurrency < 1) {
            throw new IllegalArgumentException("Expected concurrency >= 1 but got " + concurrency);
        }
    }
}
