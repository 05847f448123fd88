package io.clew.language;

import io.clew.language.NodeForm.StepForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.source.Node;
import io.clew.language.source.Place;
import io.clew.saga.ChildSagas;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a child saga: a step whose participant is a saga of another definition. */
final class ChildReader {

    /** A child may take long, and answers by itself: it is seldom asked again. */
    private static final Duration TIMEOUT = Duration.ofHours(1);

    private final Faults faults;
    private final StepReader steps;
    private final CommandReader commands;
    private final Duration deadline;

    ChildReader(Faults faults, Duration deadline) {
        this.faults = faults;
        this.steps = new StepReader(faults, deadline);
        this.commands = new CommandReader(faults);
        this.deadline = deadline;
    }

    StepForm read(Node node, Spot spot) {
        Fields fields = Fields.of(node, spot.path(), Grammar.CHILD, faults);
        Duration timeout = commands.timeout(fields, deadline, TIMEOUT);
        RetryPolicy retry = commands.retry(fields, RetryPolicy.DEFAULT);
        boolean settles = CommandReader.settles(fields);
        if (fields.has("compensation") && !settles) {
            fields.error(
                    "compensation",
                    "Expected no compensation of a child saga, or 'none', since it takes itself"
                            + " back",
                    "Leave it out, or write 'compensation: none'");
        }
        Optional<StepKind> kind = StepReader.kind(fields);
        Optional<Fields> start =
                fields.require("start")
                        .map(it -> Fields.of(it, fields.pathOf("start"), Grammar.START, faults));
        boolean takenBack = !settles && kind.equals(Optional.of(StepKind.COMPENSATABLE));
        return new StepForm(
                fields.requireOwnName("saga"),
                fields.text("when"),
                start.flatMap(it -> it.requireName("definition", Naming.HYPHENS))
                        .map(ChildReader::participant),
                kind.orElse(StepKind.COMPENSATABLE),
                start.flatMap(it -> start(it, timeout, retry)),
                takenBack ? Optional.of(takeBack(fields.place(), timeout)) : Optional.empty(),
                settles,
                kind.isEmpty(),
                steps.giveUpAfter(fields, timeout),
                steps.onFailure(fields),
                spot);
    }

    private static Located<String> participant(Located<String> definition) {
        return new Located<>(
                ChildSagas.participant(definition.value()), definition.place(), definition.path());
    }

    private Optional<CommandForm> start(Fields start, Duration timeout, RetryPolicy retry) {
        Optional<Located<String>> event = start.requireName("event", Naming.RECORD);
        Optional<Located<String>> result = start.name("result", Naming.RECORD);
        Map<String, Node> values = commands.values(start);
        Place place = CommandReader.placeOfValues(start);
        return event.map(it -> new CommandForm(it, result, values, timeout, retry, place));
    }

    /** Every child knows this command, and it says all there is to say. */
    private static CommandForm takeBack(Place place, Duration timeout) {
        return new CommandForm(
                new Located<>(ChildSagas.TAKE_BACK, place, ""),
                Optional.empty(),
                new TreeMap<>(),
                timeout,
                RetryPolicy.DEFAULT_COMPENSATION,
                place);
    }
}
