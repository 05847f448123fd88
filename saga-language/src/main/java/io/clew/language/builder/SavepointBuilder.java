package io.clew.language.builder;

import java.util.Map;

/** One savepoint. */
public final class SavepointBuilder implements NodeBuilder {

    private final String name;

    SavepointBuilder(String name) {
        this.name = name;
    }

    @Override
    public Map<String, Object> tree() {
        return Map.of("savepoint", name);
    }
}
