package io.clew.saga;

import java.util.List;

/** All that one input leads to: written and sent in one commit, or not at all. */
public record Batch(List<Change> changes, List<Effect> effects) {
    public Batch {
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
    }
}
