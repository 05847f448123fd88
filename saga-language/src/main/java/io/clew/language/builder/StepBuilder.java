package io.clew.language.builder;

import java.util.LinkedHashMap;
import java.util.Map;

/** One step. */
public final class StepBuilder implements TaskBuilder<StepBuilder> {
    private final Map<String, Object> tree = new LinkedHashMap<>();

    StepBuilder(String name) {
        tree.put("step", name);
    }

    @Override
    public StepBuilder put(String key, Object value) {
        tree.put(key, value);
        return this;
    }

    @Override
    public Map<String, Object> tree() {
        return new LinkedHashMap<>(tree);
    }

    public StepBuilder participant(String participant) {
        return put("participant", participant);
    }

    /** The forward command; its timeout and retry are the step's. */
    public StepBuilder action(CommandBuilder action) {
        return put("action", action.tree());
    }

    public StepBuilder compensation(CommandBuilder compensation) {
        return put("compensation", compensation.tree());
    }
}
