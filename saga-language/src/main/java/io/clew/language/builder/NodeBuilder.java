package io.clew.language.builder;

import java.util.Map;

/** One node of a definition, made by {@link Sagas}. */
public sealed interface NodeBuilder
        permits TaskBuilder,
                AwaitBuilder,
                DelayBuilder,
                SavepointBuilder,
                ParallelBuilder,
                ChoiceBuilder,
                ForEachBuilder {

    /** The node by the grammar: maps, lists, texts and numbers. */
    Map<String, Object> tree();
}
