package io.clew.saga.testkit;

import io.clew.saga.Await;
import io.clew.saga.Choice;
import io.clew.saga.Delay;
import io.clew.saga.ForEach;
import io.clew.saga.Incident;
import io.clew.saga.Node;
import io.clew.saga.Parallel;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaInstance;
import io.clew.saga.Savepoint;
import io.clew.saga.Sequence;
import io.clew.saga.Step;
import io.clew.saga.StepPath;
import io.clew.saga.StepRecord;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** In which nodes sagas of one definition stand. */
final class Whereabouts {
    /** By name of a leaf, its kind and those of all nodes around it. */
    private final Map<String, Set<NodeKind>> kinds = new HashMap<>();

    Whereabouts(SagaDefinition definition) {
        walk(definition.root(), EnumSet.noneOf(NodeKind.class));
    }

    private void walk(Sequence sequence, Set<NodeKind> around) {
        for (Node node : sequence.nodes()) {
            switch (node) {
                case Node.Leaf leaf -> kinds.put(leaf.name(), with(around, kind(leaf)));
                case Parallel parallel ->
                        parallel.branches()
                                .forEach(it -> walk(it.steps(), with(around, NodeKind.PARALLEL)));
                case Choice choice ->
                        choice.arms()
                                .forEach(it -> walk(it.steps(), with(around, NodeKind.CHOICE)));
                case ForEach loop -> walk(loop.steps(), with(around, NodeKind.FOR_EACH));
            }
        }
    }

    private static NodeKind kind(Node.Leaf leaf) {
        return switch (leaf) {
            case Step ignored -> NodeKind.STEP;
            case Await ignored -> NodeKind.AWAIT;
            case Delay ignored -> NodeKind.DELAY;
            case Savepoint ignored -> NodeKind.SAVEPOINT;
        };
    }

    private static Set<NodeKind> with(Set<NodeKind> around, NodeKind kind) {
        Set<NodeKind> all = EnumSet.of(kind);
        all.addAll(around);
        return all;
    }

    /** The kinds of nodes around all that it waits for, or that holds it. */
    Set<NodeKind> of(SagaInstance saga) {
        Set<NodeKind> here = EnumSet.noneOf(NodeKind.class);
        Stream.of(
                        saga.outstanding().stream().map(it -> it.execution().path()),
                        saga.waits().stream().map(it -> it.path()),
                        saga.incidents().stream().map(Incident::step))
                .flatMap(it -> it)
                .forEach(path -> here.addAll(around(path)));
        boolean behind =
                saga.steps().stream()
                        .filter(it -> !it.undone())
                        .map(StepRecord::path)
                        .anyMatch(it -> around(it).contains(NodeKind.SAVEPOINT));
        if (behind && !here.isEmpty()) {
            here.add(NodeKind.SAVEPOINT);
        }
        return here;
    }

    private Set<NodeKind> around(String path) {
        return path.isEmpty()
                ? Set.of()
                : kinds.getOrDefault(StepPath.name(path), Collections.emptySet());
    }
}
