package io.clew.saga;

import java.util.List;

/** Nodes one after the other. */
public record Sequence(List<Node> nodes) {
    public Sequence {
        nodes = List.copyOf(nodes);
    }

    public static Sequence of(Node... nodes) {
        return new Sequence(List.of(nodes));
    }
}
