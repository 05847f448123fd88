package io.clew.language;

import io.clew.language.NodeForm.StepForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.expression.Similar;
import io.clew.language.source.Node;
import io.clew.saga.FailurePolicy;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one step by the grammar. */
final class StepReader {

    static final List<String> KINDS = List.of("compensatable", "pivot", "retriable");

    private final Faults faults;
    private final CommandReader commands;
    private final OnFailureReader onFailure;
    private final Duration deadline;

    StepReader(Faults faults, Duration deadline) {
        this.faults = faults;
        this.commands = new CommandReader(faults);
        this.onFailure = new OnFailureReader(faults);
        this.deadline = deadline;
    }

    StepForm read(Node node, Spot spot) {
        Fields fields = Fields.of(node, spot.path(), Grammar.STEP, faults);
        Duration timeout = commands.timeout(fields, deadline);
        RetryPolicy retry = commands.retry(fields, RetryPolicy.DEFAULT);
        Optional<CommandForm> compensation =
                commands.compensation(fields, Grammar.COMPENSATION).flatMap(commands::compensating);
        boolean settles = CommandReader.settles(fields);
        Optional<StepKind> kind = kind(fields);
        boolean unclear =
                kind.isEmpty()
                        || (fields.has("compensation") && compensation.isEmpty() && !settles);
        return new StepForm(
                fields.requireOwnName("step"),
                fields.text("when"),
                fields.requireName("participant", Naming.HYPHENS),
                kind.orElse(StepKind.COMPENSATABLE),
                fields.require("action")
                        .map(it -> Fields.of(it, fields.pathOf("action"), Grammar.ACTION, faults))
                        .flatMap(it -> commands.command(it, timeout, retry)),
                compensation,
                settles,
                unclear,
                giveUpAfter(fields, timeout),
                onFailure(fields),
                spot);
    }

    Map<String, Located<FailurePolicy>> onFailure(Fields fields) {
        return fields.find("onFailure")
                .map(it -> onFailure.ofStep(it, fields.pathOf("onFailure")))
                .orElse(Map.of());
    }

    /** Empty if there is one that is no kind. */
    static Optional<StepKind> kind(Fields fields) {
        Optional<Located<String>> kind = fields.text("kind");
        if (kind.isEmpty()) {
            return fields.has("kind") ? Optional.empty() : Optional.of(StepKind.COMPENSATABLE);
        }
        String word = kind.get().value();
        if (!KINDS.contains(word)) {
            fields.error(
                    "kind",
                    "Expected a kind of step but got '" + word + "'",
                    Similar.remedy(word, KINDS));
            return Optional.empty();
        }
        return Optional.of(StepKind.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    Optional<Duration> giveUpAfter(Fields fields, Duration timeout) {
        Optional<Duration> giveUp = fields.duration("giveUpAfter");
        if (giveUp.isPresent() && giveUp.get().compareTo(timeout) < 0) {
            fields.error(
                    "giveUpAfter",
                    "Expected giveUpAfter of at least the timeout, "
                            + Durations.words(timeout)
                            + ", but got "
                            + Durations.words(giveUp.get()),
                    "Give the participant at least one timeout to answer");
        }
        if (giveUp.isPresent() && giveUp.get().compareTo(deadline) > 0) {
            fields.error(
                    "giveUpAfter",
                    "Expected giveUpAfter within the saga's deadline of "
                            + Durations.words(deadline)
                            + " but got "
                            + Durations.words(giveUp.get()),
                    "Shorten it, or raise the deadline");
        }
        return giveUp;
    }
}
