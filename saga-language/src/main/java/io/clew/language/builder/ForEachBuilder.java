package io.clew.language.builder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loop. */
public final class ForEachBuilder implements NodeBuilder {

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final List<Object> steps = new ArrayList<>();

    ForEachBuilder(String in) {
        tree.put("in", in);
    }

    /** What an item is called in expressions; {@code item} if nothing is said. */
    public ForEachBuilder as(String name) {
        tree.put("as", name);
        return this;
    }

    /** How many items are under way at once; one if nothing is said. */
    public ForEachBuilder concurrency(int items) {
        tree.put("concurrency", items);
        return this;
    }

    /** Adds nodes, done for each item. */
    public ForEachBuilder steps(NodeBuilder... nodes) {
        steps.addAll(Trees.of(nodes));
        return this;
    }

    @Override
    public Map<String, Object> tree() {
        Map<String, Object> loop = new LinkedHashMap<>(tree);
        loop.put("steps", List.copyOf(steps));
        return Map.of("forEach", loop);
    }
}
