package io.clew.language;

import io.clew.language.NodeForm.ArmForm;
import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.BranchForm;
import io.clew.language.NodeForm.ChannelForm;
import io.clew.language.NodeForm.ChoiceForm;
import io.clew.language.NodeForm.DelayForm;
import io.clew.language.NodeForm.ForEachForm;
import io.clew.language.NodeForm.ParallelForm;
import io.clew.language.NodeForm.SavepointForm;
import io.clew.language.NodeForm.StepForm;
import io.clew.language.NodeForm.UntilForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.builder.AwaitBuilder;
import io.clew.language.builder.ChoiceBuilder;
import io.clew.language.builder.CommandBuilder;
import io.clew.language.builder.ForEachBuilder;
import io.clew.language.builder.NodeBuilder;
import io.clew.language.builder.ParallelBuilder;
import io.clew.language.builder.SagaBuilder;
import io.clew.language.builder.Sagas;
import io.clew.language.builder.StepBuilder;
import io.clew.language.source.Node;
import io.clew.language.source.SourceException;
import io.clew.language.source.SourceReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the calls of the builder that write a definition again which is there as a source. */
final class BuilderCalls {

    private BuilderCalls() {}

    /** The source the builder writes. */
    static String again(String source) throws SourceException {
        SagaForm form = new FormReader(new Faults()).read(SourceReader.read(source));
        SagaForm.TriggerForm trigger = form.trigger().orElseThrow();
        SagaBuilder saga =
                Sagas.named(form.name().orElseThrow().value())
                        .version(form.version().orElseThrow())
                        .startedBy(
                                trigger.topic().orElseThrow().value(),
                                trigger.event().orElseThrow().value(),
                                trigger.key().orElseThrow().value())
                        .deadline(form.deadline())
                        .retention(form.retention())
                        .uniqueFor(form.uniqueFor());
        form.index().forEach((key, expression) -> saga.index(key, expression.value()));
        form.result().ifPresent(it -> saga.result(result(it)));
        return saga.steps(nodes(form.steps())).source();
    }

    private static CommandBuilder result(SagaForm.ResultForm form) {
        CommandBuilder result = Sagas.record(form.type().orElseThrow().value());
        form.with().forEach((field, value) -> put(result, field, value));
        return result;
    }

    private static NodeBuilder[] nodes(List<NodeForm> forms) {
        return forms.stream().map(BuilderCalls::node).toArray(NodeBuilder[]::new);
    }

    private static NodeBuilder node(NodeForm form) {
        return switch (form) {
            case StepForm step -> step(step);
            case AwaitForm await -> await(await);
            case DelayForm delay -> delay(delay);
            case SavepointForm savepoint -> Sagas.savepoint(savepoint.name().value());
            case ParallelForm parallel -> parallel(parallel);
            case ChoiceForm choice -> choice(choice);
            case ForEachForm loop -> forEach(loop);
        };
    }

    private static NodeBuilder step(StepForm form) {
        CommandForm action = form.action().orElseThrow();
        StepBuilder step =
                Sagas.step(form.name().value())
                        .participant(form.participant().orElseThrow().value())
                        .kind(form.kind())
                        .action(command(action))
                        .timeout(action.timeout())
                        .retry(action.retry());
        form.when().ifPresent(it -> step.when(it.value()));
        form.compensation().ifPresent(it -> step.compensation(resent(it)));
        if (form.settles()) {
            step.noCompensation();
        }
        form.giveUpAfter().ifPresent(step::giveUpAfter);
        form.onFailure().forEach((code, policy) -> step.onFailure(code, policy.value()));
        return step;
    }

    private static CommandBuilder command(CommandForm form) {
        CommandBuilder command = Sagas.command(form.command().value());
        form.result().ifPresent(it -> command.result(it.value()));
        form.with().forEach((field, value) -> put(command, field, value));
        return command;
    }

    private static CommandBuilder resent(CommandForm form) {
        return command(form).timeout(form.timeout()).retry(form.retry());
    }

    private static void put(CommandBuilder command, String field, Node node) {
        switch (value(node)) {
            case String expression -> command.with(field, expression);
            case List<?> items -> command.with(field, items);
            case Map<?, ?> entries -> {
                Map<String, Object> typed = new LinkedHashMap<>();
                entries.forEach((key, it) -> typed.put((String) key, it));
                command.with(field, typed);
            }
            default -> throw new AssertionError("Expected a value of a form but got " + node);
        }
    }

    private static Object value(Node node) {
        return switch (node) {
            case Node.Text text -> text.text();
            case Node.Blank ignored -> "null";
            case Node.Row row -> row.items().stream().map(BuilderCalls::value).toList();
            case Node.Table table -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                table.entries().forEach(it -> entries.put(it.key(), value(it.value())));
                yield entries;
            }
        };
    }

    private static NodeBuilder await(AwaitForm form) {
        AwaitBuilder await = Sagas.await(form.name().value());
        switch (form.channel().orElseThrow()) {
            case ChannelForm.SignalForm signal -> await.signal(signal.type().value());
            case ChannelForm.TopicForm topic -> {
                await.event(
                        topic.topic().orElseThrow().value(),
                        topic.event().orElseThrow().value(),
                        topic.key().orElseThrow().value());
                topic.match().ifPresent(it -> await.match(it.value()));
            }
        }
        form.timeout().ifPresent(it -> await.timeout(it.value()));
        form.undo()
                .ifPresent(
                        it ->
                                await.compensation(
                                        it.participant().orElseThrow().value(),
                                        resent(it.command().orElseThrow())));
        form.onFailure().values().forEach(policy -> await.onTimeout(policy.value()));
        return await;
    }

    private static NodeBuilder delay(DelayForm form) {
        return switch (form.until().orElseThrow()) {
            case UntilForm.AfterForm after ->
                    Sagas.delay(form.name().value(), after.time().value());
            case UntilForm.AtForm at -> Sagas.delayUntil(form.name().value(), at.instant().value());
        };
    }

    private static NodeBuilder parallel(ParallelForm form) {
        ParallelBuilder parallel = Sagas.parallel();
        for (BranchForm branch : form.branches()) {
            parallel.branch(branch.name().value(), nodes(branch.steps()));
        }
        return parallel;
    }

    private static NodeBuilder choice(ChoiceForm form) {
        ChoiceBuilder choice = Sagas.choice();
        for (ArmForm arm : form.arms()) {
            if (arm.isElse()) {
                choice.orElse(nodes(arm.steps()));
            } else {
                choice.arm(
                        arm.name().value(), arm.when().orElseThrow().value(), nodes(arm.steps()));
            }
        }
        return choice;
    }

    private static NodeBuilder forEach(ForEachForm form) {
        ForEachBuilder loop =
                Sagas.forEach(form.in().orElseThrow().value())
                        .as(form.as().value())
                        .concurrency(form.concurrency());
        return loop.steps(nodes(form.steps()));
    }
}
