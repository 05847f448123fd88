package io.clew.language;

import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.ChannelForm;
import io.clew.language.NodeForm.DelayForm;
import io.clew.language.NodeForm.SavepointForm;
import io.clew.language.NodeForm.UndoForm;
import io.clew.language.NodeForm.UntilForm;
import io.clew.language.source.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the nodes that command nobody: awaits, delays, savepoints. */
final class WaitReader {

    private static final List<String> OF_TOPIC = List.of("topic", "event", "key", "match");

    private final Faults faults;
    private final CommandReader commands;
    private final OnFailureReader onFailure;

    WaitReader(Faults faults) {
        this.faults = faults;
        this.commands = new CommandReader(faults);
        this.onFailure = new OnFailureReader(faults);
    }

    AwaitForm await(Node node, Spot spot) {
        Fields fields = Fields.of(node, spot.path(), Grammar.AWAIT, faults);
        AwaitForm await =
                new AwaitForm(
                        fields.requireOwnName("await"),
                        channel(fields),
                        fields.locatedDuration("timeout"),
                        commands.compensation(fields, Grammar.AWAIT_COMPENSATION).map(this::undo),
                        fields.find("onFailure")
                                .map(it -> onFailure.ofAwait(it, fields.pathOf("onFailure")))
                                .orElse(Map.of()),
                        spot);
        if (!await.onFailure().isEmpty() && !fields.has("timeout")) {
            fields.error(
                    "onFailure",
                    "Expected a timeout of "
                            + await.name().value()
                            + ", since without one it never fails with TIMED_OUT",
                    "Add 'timeout: …', or leave onFailure out");
        }
        return await;
    }

    private UndoForm undo(Fields fields) {
        return new UndoForm(
                fields.requireName("participant", Naming.HYPHENS), commands.compensating(fields));
    }

    private Optional<ChannelForm> channel(Fields fields) {
        boolean signal = fields.has("signal");
        Optional<String> ofTopic = OF_TOPIC.stream().filter(fields::has).findFirst();
        if (signal && ofTopic.isPresent()) {
            fields.error(
                    ofTopic.get(),
                    "Expected either a signal or an event of a topic but got both",
                    "Leave out 'signal', or 'topic', 'event', 'key' and 'match'");
            return Optional.empty();
        }
        if (signal) {
            return fields.requireName("signal", Naming.RECORD).map(ChannelForm.SignalForm::new);
        }
        if (ofTopic.isEmpty()) {
            fields.missing(
                    List.of("topic", "event", "key", "signal"),
                    "Expected what is awaited but there is neither a topic nor a signal",
                    "Add 'topic: …', 'event: …' and 'key: …', or 'signal: <record>'");
            return Optional.empty();
        }
        return Optional.of(
                new ChannelForm.TopicForm(
                        fields.requireName("topic", Naming.TOPIC),
                        fields.requireName("event", Naming.RECORD),
                        fields.requireText("key"),
                        fields.text("match")));
    }

    DelayForm delay(Node node, Spot spot) {
        Fields fields = Fields.of(node, spot.path(), Grammar.DELAY, faults);
        return new DelayForm(fields.requireOwnName("delay"), until(fields), spot);
    }

    private static Optional<UntilForm> until(Fields fields) {
        if (fields.has("for") && fields.has("until")) {
            fields.error(
                    "until",
                    "Expected either for or until but got both",
                    "Leave one of the two out");
            return Optional.empty();
        }
        if (fields.has("until")) {
            return fields.requireText("until").map(UntilForm.AtForm::new);
        }
        if (!fields.has("for")) {
            fields.missing(
                    List.of("for", "until"),
                    "Expected for how long or until when but neither is there",
                    "Add 'for: 14d', or 'until: <timestamp>'");
        }
        return fields.locatedDuration("for").map(UntilForm.AfterForm::new);
    }

    SavepointForm savepoint(Node node, Spot spot) {
        Fields fields = Fields.of(node, spot.path(), Grammar.SAVEPOINT, faults);
        return new SavepointForm(fields.requireOwnName("savepoint"), spot);
    }
}
