package io.clew.saga.testkit;

import io.clew.saga.Await;
import io.clew.saga.Choice;
import io.clew.saga.FailurePolicy;
import io.clew.saga.ForEach;
import io.clew.saga.Node;
import io.clew.saga.Parallel;
import io.clew.saga.SagaDefinition;
import io.clew.saga.Sequence;
import io.clew.saga.Step;
import io.clew.saga.StepKind;
import io.clew.saga.StepPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the shape of a definition allows, told from what a story has seen; shares nothing with the
 * machine's own way through it.
 */
final class Progress {
    /** Per leaf the nodes around it, outermost first: the sequence and where in it. */
    private final Map<String, List<Frame>> frames = new LinkedHashMap<>();

    private final Map<String, Integer> order = new LinkedHashMap<>();
    private final Set<String> besidePivot = new HashSet<>();
    private final SagaDefinition definition;
    private final Story story;

    /**
     * One sequence around a leaf.
     *
     * @param loops how many loops are around the sequence
     */
    private record Frame(Sequence sequence, int index, int loops) {}

    Progress(SagaDefinition definition, Story story) {
        this.definition = definition;
        this.story = story;
        walk(definition.root(), List.of(), 0, false);
    }

    private void walk(Sequence sequence, List<Frame> around, int loops, boolean pivotBeside) {
        for (int i = 0; i < sequence.nodes().size(); i++) {
            List<Frame> here = new ArrayList<>(around);
            here.add(new Frame(sequence, i, loops));
            switch (sequence.nodes().get(i)) {
                case Node.Leaf leaf -> {
                    order.put(leaf.name(), order.size());
                    frames.put(leaf.name(), here);
                    if (pivotBeside) {
                        besidePivot.add(leaf.name());
                    }
                }
                case Parallel parallel -> {
                    long pivots =
                            parallel.branches().stream().filter(it -> hasPivot(it.steps())).count();
                    for (Parallel.Branch branch : parallel.branches()) {
                        boolean beside = pivots > (hasPivot(branch.steps()) ? 1 : 0);
                        walk(branch.steps(), here, loops, pivotBeside || beside);
                    }
                }
                case Choice choice -> {
                    order.put(choice.id(), order.size());
                    choice.arms().forEach(it -> walk(it.steps(), here, loops, pivotBeside));
                }
                case ForEach loop -> {
                    order.put(loop.id(), order.size());
                    walk(loop.steps(), here, loops + 1, pivotBeside);
                }
            }
        }
    }

    private static boolean hasPivot(Sequence sequence) {
        for (Node node : sequence.nodes()) {
            boolean found =
                    switch (node) {
                        case Step step -> step.kind() == StepKind.PIVOT;
                        case Node.Leaf ignored -> false;
                        case Parallel parallel ->
                                parallel.branches().stream().anyMatch(it -> hasPivot(it.steps()));
                        case Choice choice ->
                                choice.arms().stream().anyMatch(it -> hasPivot(it.steps()));
                        case ForEach loop -> hasPivot(loop.steps());
                    };
            if (found) {
                return true;
            }
        }
        return false;
    }

    boolean isBesidePivot(String path) {
        return besidePivot.contains(StepPath.name(path));
    }

    /** Whether one is written before the other. */
    boolean isBefore(String path, String other) {
        return order.getOrDefault(StepPath.name(path), 0)
                < order.getOrDefault(StepPath.name(other), 0);
    }

    /** Whether all that comes before it, in each sequence around it, is over. */
    boolean mayBegin(String path) {
        List<Integer> indices = StepPath.indices(path);
        for (Frame frame : frames.getOrDefault(StepPath.name(path), List.of())) {
            List<Integer> outer = indices.subList(0, frame.loops());
            for (int i = 0; i < frame.index(); i++) {
                if (!isOver(frame.sequence().nodes().get(i), outer)) {
                    return false;
                }
            }
        }
        return true;
    }

    boolean isOver() {
        return isOver(definition.root(), List.of());
    }

    private boolean isOver(Sequence sequence, List<Integer> indices) {
        return sequence.nodes().stream().allMatch(it -> isOver(it, indices));
    }

    private boolean isOver(Node node, List<Integer> indices) {
        return switch (node) {
            case Node.Leaf leaf -> isOver(leaf, indices);
            case Parallel parallel ->
                    parallel.branches().stream().allMatch(it -> isOver(it.steps(), indices));
            case Choice choice -> {
                Optional<Integer> arm = story.turn(StepPath.of(choice.id(), indices));
                yield arm.isPresent()
                        && (arm.get() < 0 || isOver(choice.arms().get(arm.get()).steps(), indices));
            }
            case ForEach loop -> {
                Optional<Integer> items = story.turn(StepPath.of(loop.id(), indices));
                boolean over = items.isPresent();
                for (int i = 0; over && i < items.get(); i++) {
                    List<Integer> inner = new ArrayList<>(indices);
                    inner.add(i);
                    over = isOver(loop.steps(), inner);
                }
                yield over;
            }
        };
    }

    private boolean isOver(Node.Leaf leaf, List<Integer> indices) {
        Optional<Story.Fate> fate = story.fate(StepPath.of(leaf.name(), indices));
        return fate.isPresent()
                && switch (fate.get()) {
                    case DONE, SKIPPED, PASSED, TAKEN_BACK, TAKEN_BACK_BY_HAND -> true;
                    case REFUSED -> mayContinue(leaf);
                    case OPEN, IN_DOUBT, CANCELLED -> false;
                };
    }

    /** Whether the saga may go on without it. */
    boolean mayContinue(String path) {
        return mayContinue(definition.leaf(path).orElseThrow());
    }

    private static boolean mayContinue(Node.Leaf leaf) {
        Map<String, FailurePolicy> policies =
                leaf instanceof Step step
                        ? step.onFailure()
                        : leaf instanceof Await await ? await.onFailure() : Map.of();
        return policies.containsValue(new FailurePolicy.Continue());
    }
}
