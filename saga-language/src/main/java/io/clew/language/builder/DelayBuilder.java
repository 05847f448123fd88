package io.clew.language.builder;

import java.util.LinkedHashMap;
import java.util.Map;

/** One delay. */
public final class DelayBuilder implements NodeBuilder {

    private final Map<String, Object> tree = new LinkedHashMap<>();

    DelayBuilder(String name, String key, String until) {
        tree.put("delay", name);
        tree.put(key, until);
    }

    @Override
    public Map<String, Object> tree() {
        return new LinkedHashMap<>(tree);
    }
}
