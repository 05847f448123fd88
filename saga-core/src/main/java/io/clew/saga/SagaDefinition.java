package io.clew.saga;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The immutable, versioned nodes of a saga, compiled and ready to run. */
public final class SagaDefinition {
    private final DefinitionRef ref;
    private final Duration deadline;
    private final Duration retention;
    private final Duration uniqueFor;
    private final Sequence root;
    private final Optional<ResultSpec> result;
    private final Map<String, Place> places = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Await> awaits = new ArrayList<>();

    /**
     * A definition whose sagas have no result.
     *
     * @param ref name, version and content hash
     * @param deadline forward work ends by then, counted from the start, or is compensated
     * @param retention how long an ended saga stays queryable
     * @param uniqueFor how long after its end a saga's key stays taken
     * @param root what is done, in its order
     * @throws IllegalArgumentException if there is nothing to do, or names are not unique
     */
    public SagaDefinition(
            DefinitionRef ref,
            Duration deadline,
            Duration retention,
            Duration uniqueFor,
            Sequence root) {
        this(ref, deadline, retention, uniqueFor, root, Optional.empty());
    }

    private SagaDefinition(
            DefinitionRef ref,
            Duration deadline,
            Duration retention,
            Duration uniqueFor,
            Sequence root,
            Optional<ResultSpec> result) {
        this.ref = ref;
        this.deadline = deadline;
        this.retention = retention;
        this.uniqueFor = uniqueFor;
        this.root = root;
        this.result = result;
        if (root.nodes().isEmpty()) {
            throw new IllegalArgumentException("Expected at least one step in " + ref);
        }
        place(root, new Around(true, false, 0));
    }

    /** The same, but for what its sagas come to. */
    public SagaDefinition giving(Optional<ResultSpec> what) {
        return new SagaDefinition(ref, deadline, retention, uniqueFor, root, what);
    }

    /**
     * Where a leaf stands.
     *
     * @param leaf the leaf
     * @param order of all leaves as they are written, from 0
     * @param top whether nothing else is under way when it starts: no branch or loop is around it
     * @param besidePivot whether a pivot stands in another branch
     * @param loops how many loops are around it
     */
    record Place(Node.Leaf leaf, int order, boolean top, boolean besidePivot, int loops) {}

    /** What stands around a node: see {@link Place}. */
    private record Around(boolean top, boolean besidePivot, int loops) {
        Around inLoop() {
            return new Around(false, besidePivot, loops + 1);
        }

        Around inBranch(boolean beside) {
            return new Around(false, besidePivot || beside, loops);
        }
    }

    private void place(Sequence sequence, Around around) {
        for (Node node : sequence.nodes()) {
            switch (node) {
                case Node.Leaf leaf -> place(leaf, around);
                case Parallel parallel -> place(parallel, around);
                case Choice choice -> choice.arms().forEach(it -> place(it.steps(), around));
                case ForEach loop -> place(loop.steps(), around.inLoop());
            }
        }
    }

    private void place(Parallel parallel, Around around) {
        long pivots = parallel.branches().stream().filter(it -> pivotIn(it.steps())).count();
        for (Parallel.Branch branch : parallel.branches()) {
            boolean beside = pivots > (pivotIn(branch.steps()) ? 1 : 0);
            place(branch.steps(), around.inBranch(beside));
        }
    }

    private void place(Node.Leaf leaf, Around around) {
        Place place =
                new Place(leaf, places.size(), around.top(), around.besidePivot(), around.loops());
        if (places.put(leaf.name(), place) != null) {
            throw new IllegalArgumentException(
                    "Expected unique names in " + ref + " but got " + leaf.name() + " twice");
        }
        switch (leaf) {
            case Step step -> steps.add(step);
            case Await await -> awaits.add(await);
            case Delay ignored -> {}
            case Savepoint ignored -> {}
        }
    }

    private static boolean pivotIn(Sequence sequence) {
        return sequence.nodes().stream()
                .anyMatch(
                        node ->
                                switch (node) {
                                    case Step step -> step.kind() == StepKind.PIVOT;
                                    case Node.Leaf ignored -> false;
                                    case Parallel parallel ->
                                            parallel.branches().stream()
                                                    .anyMatch(it -> pivotIn(it.steps()));
                                    case Choice choice ->
                                            choice.arms().stream()
                                                    .anyMatch(it -> pivotIn(it.steps()));
                                    case ForEach loop -> pivotIn(loop.steps());
                                });
    }

    public DefinitionRef ref() {
        return ref;
    }

    public Duration deadline() {
        return deadline;
    }

    public Duration retention() {
        return retention;
    }

    public Duration uniqueFor() {
        return uniqueFor;
    }

    public Sequence root() {
        return root;
    }

    /** What its sagas come to; none if that is nothing but being done. */
    public Optional<ResultSpec> result() {
        return result;
    }

    /** All steps as they are written, those in branches and loops too. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** All awaits as they are written. */
    public List<Await> awaits() {
        return List.copyOf(awaits);
    }

    /** The leaf a step path leads to, if there is one. */
    public Optional<Node.Leaf> leaf(String path) {
        return Optional.ofNullable(places.get(StepPath.name(path))).map(Place::leaf);
    }

    /**
     * The step a path leads to.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Step step(String path) {
        if (place(path).leaf() instanceof Step step) {
            return step;
        }
        throw new IllegalArgumentException("Expected a step of " + ref + " but got " + path);
    }

    /**
     * Where a path leads to.
     *
     * @throws IllegalArgumentException if it leads nowhere
     */
    Place place(String path) {
        Place place = places.get(StepPath.name(path));
        if (place == null) {
            throw new IllegalArgumentException("Expected a name of " + ref + " but got " + path);
        }
        return place;
    }

    /**
     * The command that an execution sends.
     *
     * @throws IllegalArgumentException if it sends none
     */
    CommandSpec command(Execution execution) {
        Optional<CommandSpec> command =
                switch (place(execution.path()).leaf()) {
                    case Step step ->
                            execution.direction() == Direction.ACTION
                                    ? Optional.of(step.action())
                                    : step.compensation();
                    case Await await ->
                            execution.direction() == Direction.ACTION
                                    ? Optional.empty()
                                    : await.compensation();
                    case Delay ignored -> Optional.empty();
                    case Savepoint ignored -> Optional.empty();
                };
        return command.orElseThrow(
                () -> new IllegalArgumentException("Expected a command but got " + execution));
    }
}
