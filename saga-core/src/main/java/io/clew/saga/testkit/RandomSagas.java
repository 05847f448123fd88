package io.clew.saga.testkit;

import static io.clew.saga.testkit.TestStep.step;

import io.clew.saga.FailurePolicy;
import io.clew.saga.Mapping;
import io.clew.saga.MappingException;
import io.clew.saga.Node;
import io.clew.saga.NotYetException;
import io.clew.saga.ResultCheck;
import io.clew.saga.ResultSpec;
import io.clew.saga.RetryPolicy;
import io.clew.saga.SagaDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random definitions of every kind of node, step and policy. */
final class RandomSagas {
    static final List<String> TOPICS =
            List.of("order.commands", "payment.commands", "shipping.commands");
    private static final Duration OUTLASTING = Duration.ofHours(1);
    static final List<String> REFUSALS = List.of("NO", "BUSY", "NEVER_MIND");

    /** A result no schema fits; on a wire with frames, what one ends with. */
    static final String BAD_RESULT = "BAD";

    private final Dice dice;
    private final Environment environment;

    /** Definitions there are already: a saga may have sagas of these as its steps. */
    private final List<SagaDefinition> children = new ArrayList<>();

    RandomSagas(Dice dice, Environment environment) {
        this.dice = dice;
        this.environment = environment;
    }

    SagaDefinition definition(String name, int version) {
        TestSaga saga =
                TestSaga.saga(name, version)
                        .deadline(Duration.ofSeconds(dice.between(20, 240)))
                        .retention(
                                Duration.ofSeconds(dice.between(15, 200)),
                                Duration.ofSeconds(dice.between(15, 300)));
        if (name.equals("d0")) {
            saga.deadline(Duration.ofSeconds(dice.between(20, 400)));
        } else if (dice.chance(0.7)) {
            // One that is started by others outlasts their questions.
            saga.retention(Duration.ofSeconds(dice.between(15, 200)), OUTLASTING);
        }
        if (dice.chance(0.5)) {
            flat(saga);
        } else {
            new RandomNodes(dice, this).nodes().forEach(saga::then);
        }
        if (dice.chance(0.5)) {
            saga.result(result(name));
        }
        SagaDefinition built = saga.build();
        if (built.uniqueFor().equals(OUTLASTING)) {
            children.add(built);
        }
        return built;
    }

    private ResultSpec result(String definition) {
        String type = "Result-" + definition;
        return new ResultSpec(type, mapping(type));
    }

    /**
     * The next version: the same, and one step more at its end, or an end that is cut off; seldom
     * with another result, or none any more.
     */
    SagaDefinition longer(SagaDefinition first) {
        List<Node> nodes = new ArrayList<>(first.root().nodes());
        if (nodes.size() > 1 && dice.chance(0.3)) {
            nodes.remove(nodes.size() - 1);
        } else {
            nodes.add(random("more").retriable().build());
        }
        TestSaga next =
                TestSaga.saga(first.ref().name(), 2)
                        .deadline(first.deadline())
                        .retention(first.retention(), first.uniqueFor());
        nodes.forEach(next::then);
        String name = first.ref().name();
        Optional<ResultSpec> other =
                dice.chance(0.5) ? Optional.of(result(name + "-2")) : Optional.empty();
        return next.build().giving(dice.chance(0.8) ? first.result() : other);
    }

    /** Steps one after the other, as most sagas are. */
    private void flat(TestSaga saga) {
        int before = dice.between(0, 4);
        int pivots = dice.chance(0.4) ? 1 : 0;
        int after = dice.between(before + pivots == 0 ? 1 : 0, 2);
        for (int i = 0; i < before; i++) {
            saga.step(compensatable("s" + i));
        }
        if (pivots == 1) {
            saga.step(random("pivot").pivot());
        }
        for (int i = 0; i < after; i++) {
            saga.step(random("r" + i).retriable());
        }
    }

    TestStep compensatable(String name) {
        if (!children.isEmpty() && dice.chance(0.25)) {
            SagaDefinition of = dice.pick(children);
            TestStep child =
                    TestStep.child(name, of.ref().name())
                            .mapping(mapping("Start"))
                            .result(taken(of));
            // Who is busy is asked again and again, as long as it takes.
            return policies(child).timeout(Duration.ofSeconds(dice.between(20, 200)));
        }
        TestStep step = random(name);
        return dice.chance(0.8) ? compensated(step, name) : step;
    }

    /** Seldom more is asked of a child than it gives: then it is in doubt, and taken back. */
    private ResultCheck taken(SagaDefinition child) {
        Optional<String> type = child.result().map(ResultSpec::type).filter(it -> dice.chance(0.8));
        String wanted = type.orElse(dice.chance(0.1) ? "Another" : "");
        return result ->
                wanted.isEmpty() || result.map(TestSaga::text).orElse("").contains(wanted + "(")
                        ? Optional.empty()
                        : Optional.of("it is no " + wanted);
    }

    private TestStep compensated(TestStep step, String name) {
        return step.compensation("Undo-" + name)
                .compensationMapping(mapping("Undo-" + name))
                .compensationRetry(retry());
    }

    TestStep random(String name) {
        TestStep step =
                step(name, participant(), "Do-" + name)
                        .mapping(mapping("Do-" + name))
                        .result(result());
        return policies(step);
    }

    private TestStep policies(TestStep step) {
        step.timeout(Duration.ofSeconds(dice.between(1, 40))).retry(retry());
        if (dice.chance(0.6)) {
            step.giveUpAfter(Duration.ofSeconds(dice.between(10, 90)));
        }
        if (dice.chance(0.4)) {
            step.onFailure("BUSY", new FailurePolicy.Retry(dice.between(1, 2)));
        }
        if (dice.chance(0.3)) {
            step.onFailure("NEVER_MIND", new FailurePolicy.Continue());
        }
        return step;
    }

    String participant() {
        return dice.pick("order", "payment", "shipping");
    }

    RetryPolicy retry() {
        Duration backoff = Duration.ofMillis(dice.between(50, 4000));
        return new RetryPolicy(
                dice.between(1, 4), backoff, dice.pick(1.0, 1.5, 2.0), backoff.multipliedBy(4));
    }

    Mapping mapping(String type) {
        Mapping text = TestSaga.mapping(type);
        return scope -> {
            readable(scope.saga().value(), type);
            return text.render(scope);
        };
    }

    /** Throws if the expressions of this name cannot be evaluated for this saga at present. */
    void readable(String saga, String name) {
        if (environment.registryAway()) {
            throw new NotYetException("the registry is away");
        }
        if (environment.broken(saga, name)) {
            throw new MappingException(name + " is broken");
        }
    }

    private ResultCheck result() {
        return result ->
                result.map(TestSaga::text).filter(it -> it.endsWith(BAD_RESULT)).isPresent()
                        ? Optional.of("it fits no schema")
                        : Optional.empty();
    }
}
