package io.clew.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a saga with a node has ended.
 *
 * @param phase its last phase
 * @param failure the code it failed with; empty if it did not
 * @param steps what was done, if it is complete; what was taken back, if not, each in its order
 * @param books what the tills have done, by step
 */
record NodeEnding(
        String phase, String failure, List<String> steps, Map<String, List<String>> books) {
    private static final List<String> CHARGED = List.of("CHARGED");
    private static final List<String> REFUNDED = List.of("CHARGED", "REFUNDED");

    /** What is done to a saga that stands in its node. */
    enum Fate {
        /** Everybody answers. */
        ANSWERED,
        /** Everybody answers, and the step after the node is refused. */
        REFUSED,
        /** It is cancelled in the node, and then everybody answers. */
        CANCELLED,
        /** Nobody answers. */
        SILENCE
    }

    /** How it must end. */
    static NodeEnding of(NodeKind kind, Fate fate) {
        return switch (fate) {
            case ANSWERED -> new NodeEnding("COMPLETED", "", kind.done(), completed(kind));
            case REFUSED -> refused(kind);
            case CANCELLED ->
                    undone("CANCELLED", kind.undoneFromTheMiddle(), takenBack(kind, REFUNDED));
            case SILENCE ->
                    kind == NodeKind.SAVEPOINT
                            ? twice(kind, kind.silence())
                            : undone(
                                    kind.silence(),
                                    kind.undoneFromTheMiddle(),
                                    takenBack(kind, REFUNDED));
        };
    }

    private static NodeEnding refused(NodeKind kind) {
        String code = "CARD_DECLINED";
        if (kind == NodeKind.SAVEPOINT) {
            return twice(kind, code);
        }
        Map<String, List<String>> books = takenBack(kind, REFUNDED);
        if (kind == NodeKind.EVENT) {
            // The till was never asked to make it, only to take it back.
            books.put("shipment", List.of("REFUNDED"));
        }
        return undone(code, kind.undoneFromTheEnd(), books);
    }

    /** Back to the savepoint, forward again, and then all the way back. */
    private static NodeEnding twice(NodeKind kind, String code) {
        List<String> undone = new ArrayList<>(List.of("inner"));
        undone.addAll(kind.undoneFromTheMiddle());
        List<String> books = new ArrayList<>(REFUNDED);
        books.addAll(REFUNDED);
        return undone(code, undone, takenBack(kind, books));
    }

    private static NodeEnding undone(
            String code, List<String> undone, Map<String, List<String>> books) {
        return new NodeEnding("COMPENSATED", code, undone, books);
    }

    private static Map<String, List<String>> completed(NodeKind kind) {
        Map<String, List<String>> books = new TreeMap<>();
        books.put("before", CHARGED);
        books.put("last", CHARGED);
        kind.books().forEach(it -> books.put(it, CHARGED));
        return books;
    }

    private static Map<String, List<String>> takenBack(NodeKind kind, List<String> inside) {
        Map<String, List<String>> books = new TreeMap<>();
        books.put("before", REFUNDED);
        kind.books().forEach(it -> books.put(it, inside));
        return books;
    }
}
