package io.clew.saga;

import java.util.List;

/**
 * Branches side by side; it is done when all of them are.
 *
 * @param id unique in the definition, of its place in it
 * @param branches in their order
 */
public record Parallel(String id, List<Branch> branches) implements Node {
    public Parallel {
        branches = List.copyOf(branches);
    }

    /** One of them. */
    public record Branch(String name, Sequence steps) {}
}
