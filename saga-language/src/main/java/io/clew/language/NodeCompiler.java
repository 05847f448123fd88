package io.clew.language;

import io.clew.language.NodeForm.ArmForm;
import io.clew.language.NodeForm.ChoiceForm;
import io.clew.language.NodeForm.ForEachForm;
import io.clew.language.NodeForm.ParallelForm;
import io.clew.language.expression.Expression;
import io.clew.language.expression.Loop;
import io.clew.saga.Choice;
import io.clew.saga.ForEach;
import io.clew.saga.Formula;
import io.clew.saga.Node;
import io.clew.saga.Parallel;
import io.clew.saga.Savepoint;
import io.clew.saga.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the nodes of a definition; those that are missing have left a fault. */
final class NodeCompiler {

    private final Tools tools;
    private final LeafCompiler leaves;
    private final ConditionCompiler conditions;

    NodeCompiler(Tools tools) {
        this.tools = tools;
        this.leaves = new LeafCompiler(tools);
        this.conditions = new ConditionCompiler(tools);
    }

    /**
     * The nodes of a sequence.
     *
     * @param loops around it, the outermost first
     */
    Sequence sequence(List<NodeForm> forms, List<Loop> loops) {
        List<Node> nodes = new ArrayList<>();
        for (NodeForm form : forms) {
            node(form, loops).ifPresent(nodes::add);
        }
        return new Sequence(nodes);
    }

    private Optional<? extends Node> node(NodeForm form, List<Loop> loops) {
        Sights.Place place = new Sights.Place(form.spot(), loops);
        return switch (form) {
            case NodeForm.StepForm step -> leaves.step(step, place);
            case NodeForm.AwaitForm await -> leaves.await(await, place);
            case NodeForm.DelayForm delay -> leaves.delay(delay, place);
            case NodeForm.SavepointForm savepoint ->
                    Optional.of(new Savepoint(savepoint.name().value()));
            case ChoiceForm choice -> Optional.of(choice(choice, place));
            case ParallelForm parallel -> Optional.of(parallel(parallel, loops));
            case ForEachForm loop -> forEach(loop, place);
        };
    }

    private Choice choice(ChoiceForm choice, Sights.Place place) {
        List<Optional<Formula<Boolean>>> conditions =
                this.conditions.ofArms(choice, tools.sights().forward(place));
        List<Choice.Arm> arms = new ArrayList<>();
        for (ArmForm arm : choice.arms()) {
            arms.add(
                    new Choice.Arm(
                            arm.name().value(),
                            conditions.get(arms.size()),
                            sequence(arm.steps(), place.loops())));
        }
        return new Choice(choice.name().value(), arms);
    }

    private Parallel parallel(ParallelForm parallel, List<Loop> loops) {
        return new Parallel(
                parallel.name().value(),
                parallel.branches().stream()
                        .map(
                                it ->
                                        new Parallel.Branch(
                                                it.name().value(), sequence(it.steps(), loops)))
                        .toList());
    }

    private Optional<ForEach> forEach(ForEachForm loop, Sights.Place place) {
        Sight sight = tools.sights().forward(place);
        Optional<Expression> in =
                loop.in().flatMap(it -> tools.typed().list(it, sight.vocabulary()));
        List<Loop> around = new ArrayList<>(place.loops());
        around.add(new Loop(loop.as().value(), in));
        Sequence steps = sequence(loop.steps(), around);
        return in.map(
                it ->
                        new ForEach(
                                loop.name().value(),
                                ExpressionFormula.size(it, sight),
                                loop.concurrency(),
                                steps));
    }
}
