package io.clew.language;

import com.fasterxml.jackson.core.JsonGenerator;
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
import io.clew.language.NodeForm.UndoForm;
import io.clew.language.NodeForm.UntilForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.saga.StepKind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Renders nodes for {@link Canonical}. */
final class NodeRenderer {

    private final JsonGenerator json;
    private final CommandRenderer commands;

    NodeRenderer(JsonGenerator json) {
        this.json = json;
        this.commands = new CommandRenderer(json);
    }

    void render(NodeForm node) throws IOException {
        json.writeStartObject();
        switch (node) {
            case StepForm step -> {
                Optional<String> child = step.child();
                if (child.isPresent()) {
                    child(step, child.get());
                } else {
                    step(step);
                }
            }
            case AwaitForm await -> await(await);
            case DelayForm delay -> delay(delay);
            case SavepointForm savepoint ->
                    json.writeStringField("savepoint", savepoint.name().value());
            case ChoiceForm choice -> choice(choice);
            case ParallelForm parallel -> parallel(parallel);
            case ForEachForm loop -> forEach(loop);
        }
        json.writeEndObject();
    }

    private void child(StepForm child, String definition) throws IOException {
        CommandForm start = child.action().orElseThrow();
        json.writeStringField("saga", child.name().value());
        text("when", child.when());
        json.writeStringField("kind", child.kind().name().toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("start");
        json.writeStringField("definition", definition);
        commands.start(start);
        json.writeEndObject();
        if (child.settles()) {
            json.writeStringField("compensation", "none");
        }
        patience(child, start);
    }

    private void step(StepForm step) throws IOException {
        CommandForm action = step.action().orElseThrow();
        json.writeStringField("step", step.name().value());
        text("when", step.when());
        text("participant", step.participant());
        json.writeStringField("kind", step.kind().name().toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("action");
        commands.command(action);
        json.writeEndObject();
        if (step.compensation().isPresent()) {
            json.writeObjectFieldStart("compensation");
            commands.resent(step.compensation().get());
            json.writeEndObject();
        } else if (step.kind() == StepKind.COMPENSATABLE) {
            json.writeStringField("compensation", "none");
        }
        patience(step, action);
    }

    private void patience(StepForm step, CommandForm action) throws IOException {
        commands.duration("timeout", action.timeout());
        if (step.giveUpAfter().isPresent()) {
            commands.duration("giveUpAfter", step.giveUpAfter().get());
        }
        commands.retry(action.retry());
        commands.onFailure(step.onFailure());
    }

    private void await(AwaitForm await) throws IOException {
        json.writeStringField("await", await.name().value());
        switch (await.channel().orElseThrow()) {
            case ChannelForm.TopicForm topic -> {
                text("topic", topic.topic());
                text("event", topic.event());
                text("key", topic.key());
                text("match", topic.match());
            }
            case ChannelForm.SignalForm signal ->
                    json.writeStringField("signal", signal.type().value());
        }
        if (await.timeout().isPresent()) {
            commands.duration("timeout", await.timeout().get().value());
        }
        if (await.undo().isPresent()) {
            UndoForm undo = await.undo().get();
            json.writeObjectFieldStart("compensation");
            text("participant", undo.participant());
            commands.resent(undo.command().orElseThrow());
            json.writeEndObject();
        }
        commands.onFailure(await.onFailure());
    }

    private void delay(DelayForm delay) throws IOException {
        json.writeStringField("delay", delay.name().value());
        switch (delay.until().orElseThrow()) {
            case UntilForm.AfterForm after -> commands.duration("for", after.time().value());
            case UntilForm.AtForm at -> json.writeStringField("until", at.instant().value());
        }
    }

    private void choice(ChoiceForm choice) throws IOException {
        json.writeObjectFieldStart("choice");
        for (ArmForm arm : choice.arms()) {
            json.writeObjectFieldStart(arm.name().value());
            text("when", arm.when());
            sequence(arm.steps());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void parallel(ParallelForm parallel) throws IOException {
        json.writeObjectFieldStart("parallel");
        for (BranchForm branch : parallel.branches()) {
            json.writeObjectFieldStart(branch.name().value());
            sequence(branch.steps());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void forEach(ForEachForm loop) throws IOException {
        json.writeObjectFieldStart("forEach");
        text("in", loop.in());
        json.writeStringField("as", loop.as().value());
        json.writeNumberField("concurrency", loop.concurrency());
        sequence(loop.steps());
        json.writeEndObject();
    }

    private void sequence(List<NodeForm> nodes) throws IOException {
        json.writeArrayFieldStart("steps");
        for (NodeForm node : nodes) {
            render(node);
        }
        json.writeEndArray();
    }

    private void text(String key, Optional<Located<String>> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(key, text.get().value());
        }
    }
}
