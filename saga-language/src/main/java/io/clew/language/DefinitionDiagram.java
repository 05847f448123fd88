package io.clew.language;

import io.clew.language.NodeForm.ArmForm;
import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.ChannelForm;
import io.clew.language.NodeForm.ChoiceForm;
import io.clew.language.NodeForm.DelayForm;
import io.clew.language.NodeForm.ForEachForm;
import io.clew.language.NodeForm.ParallelForm;
import io.clew.language.NodeForm.SavepointForm;
import io.clew.language.NodeForm.StepForm;
import io.clew.language.NodeForm.UntilForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.diagram.Diagram;
import io.clew.language.diagram.Figure;
import io.clew.language.diagram.Figure.GroupKind;
import io.clew.language.diagram.Figure.Kind;
import io.clew.language.source.SourceException;
import io.clew.language.source.SourceReader;
import io.clew.saga.FailurePolicy;
import io.clew.saga.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws definitions as they are written, conditions and lists included. */
public final class DefinitionDiagram {

    private DefinitionDiagram() {}

    /** The picture of a definition that was accepted. */
    public static Diagram of(CompiledDefinition compiled) {
        SagaForm form = form(compiled.canonical());
        return new Diagram(
                compiled.definition().ref().name() + ":" + compiled.definition().ref().version(),
                List.of(
                        shortName(compiled.trigger().eventType()),
                        "on " + compiled.trigger().topic()),
                figures(form.steps()));
    }

    private static SagaForm form(String canonical) {
        try {
            return new FormReader(new Faults()).read(SourceReader.read(canonical));
        } catch (SourceException e) {
            throw new IllegalArgumentException("Expected a definition that was accepted", e);
        }
    }

    private static List<Figure> figures(List<NodeForm> forms) {
        return forms.stream().map(DefinitionDiagram::figure).toList();
    }

    private static Figure figure(NodeForm form) {
        return switch (form) {
            case StepForm step -> step(step);
            case AwaitForm await -> await(await);
            case DelayForm delay -> delay(delay);
            case SavepointForm savepoint ->
                    box(savepoint, Kind.SAVEPOINT, List.of("savepoint"), Optional.empty());
            case ChoiceForm choice -> choice(choice);
            case ParallelForm parallel -> parallel(parallel);
            case ForEachForm loop -> forEach(loop);
        };
    }

    private static Figure step(StepForm step) {
        List<String> text = new ArrayList<>();
        step.when().ifPresent(it -> text.add("if " + it.value()));
        text.add(sent(step.participant(), step.action()));
        if (step.kind() != StepKind.COMPENSATABLE) {
            text.add(step.kind() == StepKind.PIVOT ? "pivot" : "retriable");
        }
        Figure.Box box =
                box(
                        step,
                        Kind.valueOf(step.kind().name()),
                        text,
                        step.compensation()
                                .map(it -> List.of(sent(step.participant(), Optional.of(it)))));
        return rollingBack(box, step.onFailure());
    }

    private static Figure await(AwaitForm await) {
        List<String> text = new ArrayList<>();
        switch (await.channel().orElseThrow()) {
            case ChannelForm.TopicForm topic -> {
                text.add("await " + shortName(topic.event().orElseThrow().value()));
                text.add("on " + topic.topic().orElseThrow().value());
            }
            case ChannelForm.SignalForm signal ->
                    text.add("await signal " + shortName(signal.type().value()));
        }
        await.timeout().ifPresent(it -> text.add("for " + Durations.words(it.value())));
        Figure.Box box =
                box(
                        await,
                        Kind.AWAIT,
                        text,
                        await.undo().map(it -> List.of(sent(it.participant(), it.command()))));
        return rollingBack(box, await.onFailure());
    }

    private static Figure delay(DelayForm delay) {
        String until =
                switch (delay.until().orElseThrow()) {
                    case UntilForm.AfterForm after ->
                            "wait for " + Durations.words(after.time().value());
                    case UntilForm.AtForm at -> "wait until " + at.instant().value();
                };
        return box(delay, Kind.DELAY, List.of(until), Optional.empty());
    }

    private static Figure choice(ChoiceForm choice) {
        return new Figure.Group(
                id(choice),
                GroupKind.CHOICE,
                List.of("choice"),
                choice.arms().stream().map(DefinitionDiagram::arm).toList(),
                choice.arms().stream().noneMatch(ArmForm::isElse));
    }

    private static Figure.Lane arm(ArmForm arm) {
        String when = arm.when().map(it -> ": " + it.value()).orElse("");
        return new Figure.Lane(arm.name().value() + when, figures(arm.steps()));
    }

    private static Figure parallel(ParallelForm parallel) {
        return new Figure.Group(
                id(parallel),
                GroupKind.PARALLEL,
                List.of("in parallel"),
                parallel.branches().stream()
                        .map(it -> new Figure.Lane(it.name().value(), figures(it.steps())))
                        .toList(),
                false);
    }

    private static Figure forEach(ForEachForm loop) {
        String pace = loop.concurrency() == 1 ? "one by one" : loop.concurrency() + " at once";
        return new Figure.Group(
                id(loop),
                GroupKind.LOOP,
                List.of(
                        "for each " + loop.as().value() + ", " + pace,
                        "of " + loop.in().orElseThrow().value()),
                List.of(new Figure.Lane("", figures(loop.steps()))),
                false);
    }

    private static Figure.Box box(
            NodeForm form, Kind kind, List<String> text, Optional<List<String>> undo) {
        String name = form.name().value();
        List<String> all = Stream.concat(Stream.of(name), text.stream()).toList();
        return new Figure.Box(name, kind, all, undo, List.of());
    }

    private static Figure.Box rollingBack(
            Figure.Box box, Map<String, Located<FailurePolicy>> onFailure) {
        List<Figure.Rollback> rollbacks = new ArrayList<>();
        onFailure.forEach(
                (code, policy) -> {
                    if (policy.value()
                            instanceof FailurePolicy.RollbackTo(var savepoint, int max)) {
                        rollbacks.add(new Figure.Rollback(code, savepoint, max));
                    }
                });
        return new Figure.Box(box.name(), box.kind(), box.text(), box.undo(), rollbacks);
    }

    private static String sent(
            Optional<Located<String>> participant, Optional<CommandForm> command) {
        return participant.orElseThrow().value()
                + ": "
                + shortName(command.orElseThrow().command().value());
    }

    /** Blocks are numbered, {@code parallel#2}. */
    private static String id(NodeForm form) {
        return form.name().value().replace("#", "");
    }

    private static String shortName(String record) {
        return record.substring(record.lastIndexOf('.') + 1);
    }
}
