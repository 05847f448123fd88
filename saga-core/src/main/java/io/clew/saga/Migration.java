package io.clew.saga;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a saga that runs by one version of a definition can go on by another: what it has done
 * must stand in the new version, the same kinds of things in the same order, and be taken back
 * there.
 */
public final class Migration {
    private final SagaDefinition to;
    private final SagaInstance saga;
    private final List<String> problems = new ArrayList<>();

    private Migration(SagaDefinition to, SagaInstance saga) {
        this.to = to;
        this.saga = saga;
    }

    /**
     * Why it cannot, each reason in a sentence; empty if it can.
     *
     * @param from the version it follows
     * @param to the version it is to follow
     */
    public static List<String> problems(SagaDefinition from, SagaDefinition to, SagaInstance saga) {
        Migration migration = new Migration(to, saga);
        migration.check(from);
        return List.copyOf(migration.problems);
    }

    private void check(SagaDefinition from) {
        if (!from.ref().name().equals(to.ref().name())) {
            problems.add("it is a saga of " + from.ref().name() + ", not of " + to.ref().name());
            return;
        }
        if (from.ref().equals(to.ref())) {
            problems.add("it follows " + to.ref() + " already");
            return;
        }
        for (StepRecord record : saga.steps()) {
            record(record, from.place(record.path()).leaf());
        }
        for (Turn turn : saga.turns()) {
            turn(turn, from);
        }
        result(from);
        if (!problems.isEmpty()) {
            return;
        }
        ways(to.root(), List.of());
        order(to.root(), List.of());
        if (PointOfNoReturn.passed(from, saga) != PointOfNoReturn.passed(to, saga)) {
            problems.add("its point of no return is not where it was");
        }
    }

    /** A child still gives what its parent may read; a result that nobody was to have may come. */
    private void result(SagaDefinition from) {
        boolean awaited = saga.childOf().filter(it -> !it.parentEnded()).isPresent();
        Optional<String> was = from.result().map(ResultSpec::type);
        Optional<String> is = to.result().map(ResultSpec::type);
        if (awaited && was.isPresent() && !was.equals(is)) {
            problems.add(
                    "its result was "
                            + was.get()
                            + is.map(it -> " and is " + it).orElse(" and there is none")
                            + ", but its parent may read it");
        }
    }

    private void record(StepRecord record, Node.Leaf was) {
        Optional<Node.Leaf> is = to.leaf(record.path());
        String path = record.path();
        if (is.isEmpty()) {
            problems.add(path + " is not there any more");
        } else if (is.get().getClass() != was.getClass()) {
            problems.add(path + " was " + word(was) + " and is " + word(is.get()));
        } else if (to.place(path).loops() != StepPath.indices(path).size()) {
            problems.add(path + " stands in other loops");
        } else {
            leaf(record, was, is.get());
        }
    }

    private void leaf(StepRecord record, Node.Leaf was, Node.Leaf is) {
        if (was instanceof Step before && is instanceof Step after) {
            step(record, before, after);
        }
        if (was instanceof Await before && is instanceof Await after) {
            boolean same =
                    before.channel().equals(after.channel()) && before.type().equals(after.type());
            if (!same) {
                problems.add(record.path() + " waits for something else");
            }
            compensation(record, before.compensation(), after.compensation());
        }
    }

    /** Who has done it is who is asked to take it back, and what came of it can be read. */
    private void step(StepRecord record, Step before, Step after) {
        if (before.kind() != after.kind()) {
            problems.add(record.path() + " was of another kind");
        }
        boolean open = record.status() == StepRecord.Status.OUTSTANDING;
        boolean same =
                open
                        ? sameCommand(before.action(), after.action())
                        : sameParticipant(before.action(), after.action());
        if (!same && record.status() != StepRecord.Status.PASSED) {
            problems.add(record.path() + (open ? " is out" : " was done") + " by another command");
        }
        boolean done =
                record.status() == StepRecord.Status.SUCCEEDED
                        || record.status() == StepRecord.Status.SKIPPED;
        if (done && !record.undone()) {
            after.action()
                    .result()
                    .problem(record.output())
                    .ifPresent(it -> problems.add("the result of " + record.path() + ": " + it));
        }
        compensation(record, before.compensation(), after.compensation());
    }

    /** What may be owed a compensation has one, what is owed none gets none while it is out. */
    private void compensation(
            StepRecord record, Optional<CommandSpec> before, Optional<CommandSpec> after) {
        boolean owed = record.compensatable() && !record.undone();
        if (owed && after.isEmpty()) {
            problems.add(record.path() + " can no longer be taken back");
            return;
        }
        boolean same =
                record.status() == StepRecord.Status.COMPENSATING
                        ? sameCommand(before.orElseThrow(), after.orElseThrow())
                        : !owed || sameParticipant(before.orElseThrow(), after.orElseThrow());
        if (!same) {
            problems.add(record.path() + " is taken back by another command");
        }
        boolean open = record.status() == StepRecord.Status.OUTSTANDING;
        if (open && !record.compensatable() && after.isPresent()) {
            problems.add(record.path() + " is out, and could not be taken back");
        }
    }

    private static boolean sameParticipant(CommandSpec one, CommandSpec other) {
        return one.participant().equals(other.participant());
    }

    private static boolean sameCommand(CommandSpec one, CommandSpec other) {
        return sameParticipant(one, other) && one.type().equals(other.type());
    }

    /** The block of a turn has the same way to go, or the same items, where it stood. */
    private void turn(Turn turn, SagaDefinition from) {
        String id = StepPath.name(turn.path());
        Optional<Node> was = block(from.root(), id);
        Optional<Node> is = block(to.root(), id);
        boolean same =
                switch (was.orElseThrow()) {
                    case Choice before ->
                            is.filter(Choice.class::isInstance)
                                    .filter(it -> sameArm(before, (Choice) it, turn.number()))
                                    .isPresent();
                    case ForEach before ->
                            is.filter(ForEach.class::isInstance)
                                    .filter(it -> names(it).containsAll(names(before)))
                                    .isPresent();
                    case Parallel ignored -> true;
                    case Node.Leaf ignored -> true;
                };
        if (!same) {
            problems.add("the turn taken at " + turn.path() + " is not the same there");
        }
    }

    private static boolean sameArm(Choice before, Choice after, int number) {
        if (number < 0) {
            return names(after).containsAll(names(before));
        }
        return number < after.arms().size()
                && after.arms().get(number).name().equals(before.arms().get(number).name())
                && names(after.arms().get(number).steps())
                        .containsAll(names(before.arms().get(number).steps()));
    }

    private static Optional<Node> block(Sequence sequence, String id) {
        for (Node node : sequence.nodes()) {
            boolean found = blockId(node).filter(id::equals).isPresent();
            if (found) {
                return Optional.of(node);
            }
            for (Sequence inner : inside(node)) {
                Optional<Node> deeper = block(inner, id);
                if (deeper.isPresent()) {
                    return deeper;
                }
            }
        }
        return Optional.empty();
    }

    private static List<Sequence> inside(Node node) {
        return switch (node) {
            case Choice choice -> choice.arms().stream().map(Choice.Arm::steps).toList();
            case ForEach loop -> List.of(loop.steps());
            case Parallel parallel ->
                    parallel.branches().stream().map(Parallel.Branch::steps).toList();
            case Node.Leaf ignored -> List.of();
        };
    }

    /** What has begun in an arm or a loop came there by a turn. */
    private void ways(Sequence sequence, List<Integer> indices) {
        for (Node node : sequence.nodes()) {
            switch (node) {
                case Choice choice -> ways(choice, indices);
                case ForEach loop -> {
                    for (int i = 0; i < items(loop, indices); i++) {
                        ways(loop.steps(), with(indices, i));
                    }
                    if (isBegun(loop, indices) && turn(loop.id(), indices).isEmpty()) {
                        problems.add(word(loop) + " was not entered");
                    }
                }
                case Parallel parallel ->
                        parallel.branches().forEach(it -> ways(it.steps(), indices));
                case Node.Leaf ignored -> {}
            }
        }
    }

    private void ways(Choice choice, List<Integer> indices) {
        int taken = turn(choice.id(), indices).map(Turn::number).orElse(-1);
        for (int arm = 0; arm < choice.arms().size(); arm++) {
            Sequence steps = choice.arms().get(arm).steps();
            if (arm != taken && steps.nodes().stream().anyMatch(it -> isBegun(it, indices))) {
                problems.add(
                        "the arm "
                                + choice.arms().get(arm).name()
                                + " has begun, but not by choice");
            }
            ways(steps, indices);
        }
    }

    /** Nothing that has been done stands behind something that has not. */
    private void order(Sequence sequence, List<Integer> indices) {
        Optional<String> missing = Optional.empty();
        for (Node node : sequence.nodes()) {
            boolean begun = isBegun(node, indices);
            if (begun && missing.isPresent()) {
                problems.add(word(node) + " has begun, but before it comes " + missing.get());
            }
            if (!begun && missing.isEmpty()) {
                missing = Optional.of(word(node));
            }
            if (node instanceof ForEach loop) {
                for (int i = 0; i < items(loop, indices); i++) {
                    order(loop.steps(), with(indices, i));
                }
            } else {
                inside(node).forEach(it -> order(it, indices));
            }
        }
    }

    private int items(ForEach loop, List<Integer> indices) {
        return turn(loop.id(), indices).map(Turn::number).orElse(0);
    }

    private Optional<Turn> turn(String id, List<Integer> indices) {
        return saga.turn(StepPath.of(id, indices));
    }

    private static List<Integer> with(List<Integer> indices, int last) {
        List<Integer> inner = new ArrayList<>(indices);
        inner.add(last);
        return inner;
    }

    /** Whether anything of it has begun, in the loops' items of these indices. */
    private boolean isBegun(Node node, List<Integer> indices) {
        Set<String> names = names(node);
        boolean done =
                saga.steps().stream()
                        .anyMatch(
                                it ->
                                        !it.undone()
                                                && names.contains(StepPath.name(it.path()))
                                                && isIn(StepPath.indices(it.path()), indices));
        return done || blockId(node).flatMap(it -> turn(it, indices)).isPresent();
    }

    private static boolean isIn(List<Integer> inner, List<Integer> outer) {
        return inner.size() >= outer.size() && inner.subList(0, outer.size()).equals(outer);
    }

    private static Optional<String> blockId(Node node) {
        return switch (node) {
            case Choice choice -> Optional.of(choice.id());
            case ForEach loop -> Optional.of(loop.id());
            case Parallel ignored -> Optional.empty();
            case Node.Leaf ignored -> Optional.empty();
        };
    }

    private static Set<String> names(Node node) {
        if (node instanceof Node.Leaf leaf) {
            return Set.of(leaf.name());
        }
        Set<String> names = new HashSet<>();
        inside(node).forEach(it -> names.addAll(names(it)));
        return names;
    }

    private static Set<String> names(Sequence sequence) {
        Set<String> names = new HashSet<>();
        sequence.nodes().forEach(it -> names.addAll(names(it)));
        return names;
    }

    private static String word(Node node) {
        return switch (node) {
            case Step step -> "the step " + step.name();
            case Await await -> "the await " + await.name();
            case Delay delay -> "the delay " + delay.name();
            case Savepoint savepoint -> "the savepoint " + savepoint.name();
            case Choice choice -> "the choice at " + choice.id();
            case ForEach loop -> "the loop at " + loop.id();
            case Parallel parallel -> "the block at " + parallel.id();
        };
    }
}
