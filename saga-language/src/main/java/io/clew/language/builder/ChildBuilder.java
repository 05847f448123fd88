package io.clew.language.builder;

import java.util.Map;

/** A saga of another definition as a step. */
public final class ChildBuilder extends TaskBuilder<ChildBuilder> {

    ChildBuilder(String name) {
        super("saga", name);
    }

    @Override
    ChildBuilder self() {
        return this;
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
