package io.clew.language.diagram;

import io.clew.language.diagram.Figure.Box;
import io.clew.language.diagram.Figure.Group;

/** Ids of the nodes of the drawn graph; they are the same in Mermaid and in SVG. */
final class Ids {
    static final String START = "t_start";
    static final String COMPLETED = "t_completed";
    static final String FAILURE = "t_failure";
    static final String COMPENSATED = "t_compensated";

    private Ids() {}

    static String of(Box box) {
        return named(box.name());
    }

    static String named(String name) {
        return "n_" + name;
    }

    static String undo(Box box) {
        return "u_" + box.name();
    }

    static String open(Group group) {
        return "g_" + group.name();
    }

    static String close(Group group) {
        return "g_" + group.name() + "_end";
    }
}
