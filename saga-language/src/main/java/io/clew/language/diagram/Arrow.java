package io.clew.language.diagram;

/**
 * A line from one node of the drawn graph to another.
 *
 * @param from id of a node
 * @param to id of a node
 * @param text stands at it, perhaps empty
 */
record Arrow(Kind kind, String from, String to, String text) {

    /** What it means. */
    enum Kind {
        /** What comes next. */
        FORWARD,
        /** The next item of a loop. */
        AGAIN,
        /** Which compensation takes back which node; it has no direction. */
        UNDOES,
        /** What is taken back next. */
        COMPENSATION,
        /** Compensations of the item before. */
        ITEM_BEFORE,
        /** To a savepoint, with everything since taken back. */
        ROLLBACK
    }
}
