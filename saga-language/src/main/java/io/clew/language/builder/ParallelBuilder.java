package io.clew.language.builder;

import java.util.LinkedHashMap;
import java.util.Map;

/** Branches side by side. */
public final class ParallelBuilder implements NodeBuilder {

    private final Map<String, Object> branches = new LinkedHashMap<>();

    ParallelBuilder() {}

    /** Adds a branch of these nodes. */
    public ParallelBuilder branch(String name, NodeBuilder... nodes) {
        branches.put(name, Map.of("steps", Trees.of(nodes)));
        return this;
    }

    @Override
    public Map<String, Object> tree() {
        return Map.of("parallel", new LinkedHashMap<>(branches));
    }
}
