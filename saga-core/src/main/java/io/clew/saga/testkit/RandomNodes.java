package io.clew.saga.testkit;

import io.clew.saga.Await;
import io.clew.saga.Channel;
import io.clew.saga.Choice;
import io.clew.saga.CommandSpec;
import io.clew.saga.Delay;
import io.clew.saga.Failure;
import io.clew.saga.FailurePolicy;
import io.clew.saga.ForEach;
import io.clew.saga.Formula;
import io.clew.saga.MappingScope;
import io.clew.saga.Node;
import io.clew.saga.Parallel;
import io.clew.saga.ResultCheck;
import io.clew.saga.Savepoint;
import io.clew.saga.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes of one random definition, nested up to four deep. */
final class RandomNodes {
    static final String EVENTS = "picked.events";

    private static final int DEEPEST = 4;

    /** Where nodes stand to the point of no return. */
    private enum Stage {
        BEFORE,
        AFTER
    }

    private final Dice dice;
    private final RandomSagas sagas;
    private int names;
    private Optional<String> savepoint = Optional.empty();

    RandomNodes(Dice dice, RandomSagas sagas) {
        this.dice = dice;
        this.sagas = sagas;
    }

    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        int before = dice.between(1, 4);
        for (int i = 0; i < before; i++) {
            if (dice.chance(0.25)) {
                Savepoint here = new Savepoint(name("save"));
                savepoint = Optional.of(here.name());
                nodes.add(here);
            }
            nodes.add(node(Stage.BEFORE, 1));
        }
        savepoint = Optional.empty();
        if (dice.chance(0.4)) {
            nodes.add(pivot());
        }
        int after = dice.between(0, 2);
        for (int i = 0; i < after; i++) {
            nodes.add(node(Stage.AFTER, 1));
        }
        return nodes;
    }

    /** A pivot, alone, beside what cannot fail, or in an arm. */
    private Node pivot() {
        Node step = sagas.random(name("pivot")).pivot().build();
        if (dice.chance(0.3)) {
            return new Parallel(
                    name("parallel#"),
                    List.of(
                            new Parallel.Branch(name("branch"), Sequence.of(step)),
                            new Parallel.Branch(
                                    name("branch"),
                                    Sequence.of(sagas.random(name("r")).retriable().build()))));
        }
        return dice.chance(0.3)
                ? new Choice(
                        name("choice#"),
                        List.of(
                                new Choice.Arm(
                                        name("arm"), Optional.of(condition()), Sequence.of(step))))
                : step;
    }

    private Sequence sequence(Stage stage, int depth) {
        List<Node> nodes = new ArrayList<>();
        int length = dice.between(1, 2);
        for (int i = 0; i < length; i++) {
            nodes.add(node(stage, depth));
        }
        return new Sequence(nodes);
    }

    private Node node(Stage stage, int depth) {
        if (depth < DEEPEST && dice.chance(0.45)) {
            return switch (dice.between(0, 3)) {
                case 0 -> choice(stage, depth);
                case 1 -> loop(stage, depth);
                default -> parallel(stage, depth);
            };
        }
        return switch (dice.between(0, 5)) {
            case 0 -> await();
            case 1 -> delay();
            default -> step(stage);
        };
    }

    private Node step(Stage stage) {
        String name = name("s");
        TestStep step =
                stage == Stage.BEFORE ? sagas.compensatable(name) : sagas.random(name).retriable();
        if (dice.chance(0.2)) {
            step.when(condition());
        }
        savepoint
                .filter(it -> dice.chance(0.5))
                .ifPresent(
                        it ->
                                step.onFailure(
                                        "NO",
                                        new FailurePolicy.RollbackTo(it, dice.between(1, 2))));
        return step.build();
    }

    private Node parallel(Stage stage, int depth) {
        List<Parallel.Branch> branches = new ArrayList<>();
        int count = dice.between(2, 3);
        for (int i = 0; i < count; i++) {
            branches.add(new Parallel.Branch(name("branch"), sequence(stage, depth + 1)));
        }
        return new Parallel(name("parallel#"), branches);
    }

    private Node choice(Stage stage, int depth) {
        List<Choice.Arm> arms = new ArrayList<>();
        int count = dice.between(1, 2);
        for (int i = 0; i < count; i++) {
            arms.add(
                    new Choice.Arm(
                            name("arm"), Optional.of(condition()), sequence(stage, depth + 1)));
        }
        if (dice.chance(0.5)) {
            arms.add(new Choice.Arm("else", Optional.empty(), sequence(stage, depth + 1)));
        }
        return new Choice(name("choice#"), arms);
    }

    private Node loop(Stage stage, int depth) {
        String name = name("forEach#");
        boolean tooMany = dice.chance(0.05);
        Formula<Integer> items =
                scope -> number(name, scope) % 4 + (tooMany ? ForEach.MOST_ITEMS + 1 : 0);
        return new ForEach(name, items, dice.between(1, 3), sequence(stage, depth + 1));
    }

    private Node delay() {
        Delay.Until until =
                dice.chance(0.5)
                        ? new Delay.Until.After(Duration.ofMillis(dice.between(0, 30_000)))
                        : at(dice.between(0, 60));
        return new Delay(name("delay"), until);
    }

    private static Delay.Until at(int seconds) {
        Formula<Instant> instant = scope -> scope.startedAt().plusSeconds(seconds);
        return new Delay.Until.At(instant);
    }

    private Node await() {
        String name = name("await");
        Map<String, FailurePolicy> onFailure = new HashMap<>();
        if (dice.chance(0.4)) {
            onFailure.put(Failure.TIMED_OUT, new FailurePolicy.Continue());
        } else if (savepoint.isPresent() && dice.chance(0.4)) {
            onFailure.put(Failure.TIMED_OUT, new FailurePolicy.RollbackTo(savepoint.get(), 1));
        }
        boolean signal = dice.chance(0.4);
        return new Await(
                name,
                signal ? new Channel.Signal(name) : new Channel.Topic(EVENTS),
                "Picked",
                dice.chance(0.4) ? Optional.of(match(name)) : Optional.empty(),
                dice.chance(0.8)
                        ? Optional.of(Duration.ofSeconds(dice.between(1, 60)))
                        : Optional.empty(),
                dice.chance(0.6) ? Optional.of(compensation("Undo-" + name)) : Optional.empty(),
                onFailure);
    }

    private CommandSpec compensation(String type) {
        String participant = sagas.participant();
        return new CommandSpec(
                participant,
                participant + ".commands",
                type,
                sagas.mapping(type),
                ResultCheck.ANY,
                Duration.ofSeconds(dice.between(1, 40)),
                sagas.retry());
    }

    /** Takes every other event. */
    private Formula<Boolean> match(String name) {
        return scope -> {
            sagas.readable(scope.saga().value(), name);
            String text = TestSaga.text(scope.received().orElseThrow());
            return text.endsWith("even");
        };
    }

    private Formula<Boolean> condition() {
        String name = name("when");
        return scope -> number(name, scope) % 2 == 0;
    }

    /** A number from all that can be seen. */
    private int number(String name, MappingScope scope) {
        sagas.readable(scope.saga().value(), name);
        String text = name + TestSaga.text(TestSaga.mapping(name).render(scope));
        return Math.floorMod(text.hashCode(), 1000);
    }

    private String name(String prefix) {
        names++;
        return prefix + names;
    }
}
