package io.clew.language;

import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.ChannelForm;
import io.clew.language.NodeForm.DelayForm;
import io.clew.language.NodeForm.StepForm;
import io.clew.language.NodeForm.UndoForm;
import io.clew.language.NodeForm.UntilForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.expression.Expression;
import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Channel;
import io.clew.saga.ChildSagas;
import io.clew.saga.CommandSpec;
import io.clew.saga.Delay;
import io.clew.saga.FailurePolicy;
import io.clew.saga.Formula;
import io.clew.saga.ResultCheck;
import io.clew.saga.Step;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes steps, awaits and delays; one that is missing has left a fault. */
final class LeafCompiler {

    private static final Bytes NOTHING = Bytes.wrap(new byte[0]);

    private final Tools tools;
    private final CommandCompiler commands;
    private final ConditionCompiler conditions;

    LeafCompiler(Tools tools) {
        this.tools = tools;
        this.commands = new CommandCompiler(tools);
        this.conditions = new ConditionCompiler(tools);
    }

    Optional<Step> step(StepForm step, Sights.Place place) {
        Sight sight = tools.sights().forward(place);
        Optional<Formula<Boolean>> when =
                step.when().flatMap(it -> conditions.ofStep(it, step.name().value(), sight));
        Optional<CommandSpec> action =
                step.action()
                        .flatMap(
                                it ->
                                        commands.compile(
                                                step.participant(), it, sight, action(step)));
        Optional<CommandSpec> compensation =
                step.compensation().flatMap(it -> compensation(step, it, place));
        if (tools.faults().refused()) {
            return Optional.empty();
        }
        return action.map(
                it ->
                        new Step(
                                step.name().value(),
                                when,
                                step.kind(),
                                it,
                                compensation,
                                step.giveUpAfter(),
                                policies(step.onFailure())));
    }

    /** Where its forward command stands. */
    private static String action(StepForm step) {
        return step.spot().path() + (step.child().isPresent() ? ".start" : ".action");
    }

    private Optional<CommandSpec> compensation(
            StepForm step, CommandForm form, Sights.Place place) {
        if (step.child().isPresent()) {
            return step.participant().map(it -> takeBack(it.value(), form));
        }
        Sight undoing = tools.sights().undoing(place, Optional.empty());
        String path = step.spot().path() + ".compensation";
        return commands.compile(step.participant(), form, undoing, path);
    }

    /** A child saga takes itself back; there is nothing to tell it. */
    private static CommandSpec takeBack(String participant, CommandForm form) {
        return new CommandSpec(
                participant,
                ChildSagas.TOPIC,
                ChildSagas.TAKE_BACK,
                scope -> NOTHING,
                ResultCheck.ANY,
                form.timeout(),
                form.retry());
    }

    private Optional<CommandSpec> compensation(UndoForm undo, Sight sight, String path) {
        return undo.command().flatMap(it -> commands.compile(undo.participant(), it, sight, path));
    }

    Optional<Await> await(AwaitForm await, Sights.Place place) {
        Optional<PinnedSchema> awaited = tools.schemas().awaited(await);
        if (awaited.isEmpty()) {
            return Optional.empty();
        }
        String name = await.name().value();
        Sight arriving = tools.sights().arriving(place, awaited.get());
        Optional<Formula<Boolean>> match =
                match(await).flatMap(it -> conditions.ofMatch(it, name, arriving));
        Sight undoing = tools.sights().undoing(place, awaited);
        String path = await.spot().path() + ".compensation";
        Optional<CommandSpec> compensation =
                await.undo().flatMap(undo -> compensation(undo, undoing, path));
        return Optional.of(
                new Await(
                        name,
                        channel(await),
                        awaited.get().schema().getFullName(),
                        match,
                        await.timeout().map(Located::value),
                        compensation,
                        policies(await.onFailure())));
    }

    private static Optional<Located<String>> match(AwaitForm await) {
        return await.channel()
                .flatMap(
                        it ->
                                it instanceof ChannelForm.TopicForm topic
                                        ? topic.match()
                                        : Optional.empty());
    }

    private static Channel channel(AwaitForm await) {
        return switch (await.channel().orElseThrow()) {
            case ChannelForm.TopicForm topic ->
                    new Channel.Topic(topic.topic().orElseThrow().value());
            case ChannelForm.SignalForm ignored -> new Channel.Signal(await.name().value());
        };
    }

    Optional<Delay> delay(DelayForm delay, Sights.Place place) {
        return delay.until()
                .flatMap(it -> until(it, place))
                .map(it -> new Delay(delay.name().value(), it));
    }

    private Optional<Delay.Until> until(UntilForm until, Sights.Place place) {
        return switch (until) {
            case UntilForm.AfterForm after ->
                    Optional.of(new Delay.Until.After(after.time().value()));
            case UntilForm.AtForm at -> {
                Sight sight = tools.sights().forward(place);
                Optional<Expression> instant =
                        tools.typed().timestamp(at.instant(), sight.vocabulary());
                yield instant.map(it -> new Delay.Until.At(ExpressionFormula.instant(it, sight)));
            }
        };
    }

    private static Map<String, FailurePolicy> policies(
            Map<String, Located<FailurePolicy>> onFailure) {
        Map<String, FailurePolicy> policies = new TreeMap<>();
        onFailure.forEach((code, it) -> policies.put(code, it.value()));
        return policies;
    }
}
