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
        if (problems.isEmpty()) {
            order(to.root());
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
        boolean open = record.status() == StepRecord.Status.OUTSTANDING;
        if (was instanceof Step before && is instanceof Step after) {
            if (before.kind() != after.kind()) {
                problems.add(record.path() + " was of another kind");
            }
            compensation(record, before.compensation(), after.compensation());
            if (open && !sameCommand(before.action(), after.action())) {
                problems.add(record.path() + " is out as another command");
            }
        }
        if (was instanceof Await before && is instanceof Await after) {
            compensation(record, before.compensation(), after.compensation());
            boolean same =
                    before.channel().equals(after.channel()) && before.type().equals(after.type());
            if (open && !same) {
                problems.add(record.path() + " waits for something else");
            }
        }
    }

    /** What is owed a compensation must have one; what is out must be the same command. */
    private void compensation(
            StepRecord record, Optional<CommandSpec> before, Optional<CommandSpec> after) {
        boolean owed = record.compensatable() && !record.undone();
        if (owed && after.isEmpty()) {
            problems.add(record.path() + " can no longer be taken back");
        } else if (record.status() == StepRecord.Status.COMPENSATING
                && !sameCommand(before.orElseThrow(), after.orElseThrow())) {
            problems.add(record.path() + " is taken back by another command");
        }
    }

    private static boolean sameCommand(CommandSpec one, CommandSpec other) {
        return one.participant().equals(other.participant()) && one.type().equals(other.type());
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
            boolean found =
                    switch (node) {
                        case Choice choice -> choice.id().equals(id);
                        case ForEach loop -> loop.id().equals(id);
                        case Parallel ignored -> false;
                        case Node.Leaf ignored -> false;
                    };
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

    /** Nothing that has been done stands behind something that has not. */
    private void order(Sequence sequence) {
        Optional<String> missing = Optional.empty();
        for (Node node : sequence.nodes()) {
            boolean begun = isBegun(node);
            if (begun && missing.isPresent()) {
                problems.add(word(node) + " has begun, but before it comes " + missing.get());
            }
            if (!begun && missing.isEmpty()) {
                missing = Optional.of(word(node));
            }
            inside(node).forEach(this::order);
        }
    }

    private boolean isBegun(Node node) {
        Set<String> names = names(node);
        return saga.steps().stream()
                        .anyMatch(it -> !it.undone() && names.contains(StepPath.name(it.path())))
                || turnAt(node);
    }

    private boolean turnAt(Node node) {
        Optional<String> id =
                switch (node) {
                    case Choice choice -> Optional.of(choice.id());
                    case ForEach loop -> Optional.of(loop.id());
                    case Parallel ignored -> Optional.empty();
                    case Node.Leaf ignored -> Optional.empty();
                };
        return id.isPresent()
                && saga.turns().stream().anyMatch(it -> StepPath.name(it.path()).equals(id.get()));
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
