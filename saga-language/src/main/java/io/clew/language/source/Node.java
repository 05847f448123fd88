package io.clew.language.source;

import java.util.List;

/** A YAML or JSON value with its place; nothing is converted, a number is its text. */
public sealed interface Node {

    Place place();

    /**
     * Keys and values as written; a key may come twice, the reader of the tree judges that.
     *
     * @param entries in their order
     */
    record Table(Place place, List<Entry> entries) implements Node {
        public Table {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One key with its value.
     *
     * @param place of the key
     */
    record Entry(Place place, String key, Node value) {}

    /** Values in their order. */
    record Row(Place place, List<Node> items) implements Node {
        public Row {
            items = List.copyOf(items);
        }
    }

    /** A text, number or truth value, as written. */
    record Text(Place place, String text) implements Node {}

    /** A null, or nothing at all after a key. */
    record Blank(Place place) implements Node {}
}
