package io.clew.language.diagram;

import java.util.List;
import java.util.Optional;

/** A node of a definition as it is drawn. A line of figures is read from top to bottom. */
public sealed interface Figure {

    /** What a box stands for; it decides the box's shape. */
    enum Kind {
        COMPENSATABLE,
        PIVOT,
        RETRIABLE,
        AWAIT,
        DELAY,
        SAVEPOINT
    }

    /** What a group stands for. */
    enum GroupKind {
        CHOICE,
        PARALLEL,
        LOOP
    }

    /**
     * A node with a name.
     *
     * @param name unique in the definition, letters and digits
     * @param text its lines, of any characters
     * @param undo the lines of what takes it back
     */
    record Box(
            String name,
            Kind kind,
            List<String> text,
            Optional<List<String>> undo,
            List<Rollback> rollbacks)
            implements Figure {
        public Box {
            text = List.copyOf(text);
            undo = undo.map(List::copyOf);
            rollbacks = List.copyOf(rollbacks);
        }
    }

    /**
     * A way back to a savepoint.
     *
     * @param code the refusal it is taken for
     * @param savepoint its name
     * @param max how many times at most
     */
    record Rollback(String code, String savepoint, int max) {}

    /**
     * A node with others inside.
     *
     * @param name unique in the definition, letters and digits
     * @param lanes arms, branches, or the one body of a loop
     * @param skippable whether perhaps no lane is taken
     */
    record Group(
            String name, GroupKind kind, List<String> text, List<Lane> lanes, boolean skippable)
            implements Figure {
        public Group {
            text = List.copyOf(text);
            lanes = List.copyOf(lanes);
        }
    }

    /** One line of a group. */
    record Lane(String text, List<Figure> figures) {
        public Lane {
            figures = List.copyOf(figures);
        }
    }

    /** Whether anything in it can be taken back. */
    static boolean hasUndo(List<Figure> line) {
        return line.stream()
                .anyMatch(
                        figure ->
                                switch (figure) {
                                    case Box box -> box.undo().isPresent();
                                    case Group group ->
                                            group.lanes().stream()
                                                    .anyMatch(it -> hasUndo(it.figures()));
                                });
    }
}
