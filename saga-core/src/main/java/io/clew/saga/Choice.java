package io.clew.saga;

import java.util.List;
import java.util.Optional;

/**
 * The first arm whose condition holds; none of them is taken if none holds.
 *
 * @param id unique in the definition, of its place in it
 * @param arms in their order
 */
public record Choice(String id, List<Arm> arms) implements Node {
    public Choice {
        arms = List.copyOf(arms);
    }

    /**
     * One way to go.
     *
     * @param name unique in the definition, or {@code else}
     * @param when its condition; none holds always
     * @param steps what is done
     */
    public record Arm(String name, Optional<Formula<Boolean>> when, Sequence steps) {}
}
