package io.clew.language.builder;

import java.util.LinkedHashMap;
import java.util.Map;

/** A saga of another definition as a step. */
public final class ChildBuilder implements TaskBuilder<ChildBuilder> {
    private final Map<String, Object> tree = new LinkedHashMap<>();

    ChildBuilder(String name) {
        tree.put("saga", name);
    }

    @Override
    public ChildBuilder put(String key, Object value) {
        tree.put(key, value);
        return this;
    }

    @Override
    public Map<String, Object> tree() {
        return new LinkedHashMap<>(tree);
    }

    /**
     * What is started.
     *
     * @param definition name of the definition
     * @param event its trigger: a record, what feeds its fields, and the result of the child that
     *     is to be read, if one is
     */
    public ChildBuilder start(String definition, CommandBuilder event) {
        Map<String, Object> start = event.tree();
        start.put("event", start.remove("command"));
        start.put("definition", definition);
        return put("start", start);
    }
}
