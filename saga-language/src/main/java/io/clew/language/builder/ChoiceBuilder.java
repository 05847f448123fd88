package io.clew.language.builder;

import java.util.LinkedHashMap;
import java.util.Map;

/** Arms, of which the first whose condition holds is taken. */
public final class ChoiceBuilder implements NodeBuilder {

    private final Map<String, Object> arms = new LinkedHashMap<>();

    ChoiceBuilder() {}

    /** Adds an arm of these nodes. */
    public ChoiceBuilder arm(String name, String when, NodeBuilder... nodes) {
        Map<String, Object> arm = new LinkedHashMap<>();
        arm.put("when", when);
        arm.put("steps", Trees.of(nodes));
        arms.put(name, arm);
        return this;
    }

    /** Adds the arm that is taken if no condition holds; the last one. */
    public ChoiceBuilder orElse(NodeBuilder... nodes) {
        arms.put("else", Map.of("steps", Trees.of(nodes)));
        return this;
    }

    @Override
    public Map<String, Object> tree() {
        return Map.of("choice", new LinkedHashMap<>(arms));
    }
}
