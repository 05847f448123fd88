package io.clew.language;

import io.clew.language.CommandMapping.CommandTarget;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.SagaForm.StepForm;
import io.clew.language.expression.ExpressionCompiler;
import io.clew.language.expression.Vocabulary;
import io.clew.language.frame.FrameReader;
import io.clew.saga.CommandSpec;
import io.clew.saga.ResultCheck;
import io.clew.saga.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the steps of a definition: schemas found, mappings compiled and checked. */
final class StepCompiler {

    private final Schemas schemas;
    private final ExpressionCompiler expressions;
    private final Faults faults;
    private final PinnedSchema event;
    private final List<StepForm> steps;
    private final Map<String, PinnedSchema> results = new HashMap<>();

    StepCompiler(
            Schemas schemas,
            ExpressionCompiler expressions,
            Faults faults,
            PinnedSchema event,
            List<StepForm> steps) {
        this.schemas = schemas;
        this.expressions = expressions;
        this.faults = faults;
        this.event = event;
        this.steps = steps;
    }

    /** All steps that could be made; one that is missing has left a fault. */
    List<Step> compile() {
        for (StepForm step : steps) {
            step.action()
                    .flatMap(CommandForm::result)
                    .flatMap(schemas::result)
                    .ifPresent(it -> results.put(step.name().value(), it));
        }
        List<Step> compiled = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            compile(i).ifPresent(compiled::add);
        }
        return compiled;
    }

    private Optional<Step> compile(int index) {
        StepForm step = steps.get(index);
        Vocabulary before =
                Vocabulary.ofAction(event.schema(), outputs(index, false), hidden(index, false));
        Optional<CommandSpec> action =
                step.action().flatMap(it -> command(step, it, before, "action"));
        Optional<CommandSpec> compensation =
                step.compensation()
                        .flatMap(
                                it ->
                                        command(
                                                step,
                                                it,
                                                Vocabulary.ofCompensation(
                                                        event.schema(),
                                                        outputs(index, true),
                                                        hidden(index, true)),
                                                "compensation"));
        if (faults.refused()) {
            return Optional.empty();
        }
        return action.map(
                it ->
                        new Step(
                                step.name().value(),
                                step.kind(),
                                it,
                                compensation,
                                step.giveUpAfter(),
                                step.onFailure()));
    }

    private Optional<CommandSpec> command(
            StepForm step, CommandForm form, Vocabulary vocabulary, String direction) {
        String path = step.path() + "." + direction + ".with";
        Optional<PinnedSchema> pinned =
                step.participant().flatMap(it -> schemas.command(it.value(), form.command()));
        Optional<PinnedSchema> result = form.result().flatMap(schemas::result);
        if (pinned.isEmpty()) {
            return Optional.empty();
        }
        TemplateCompiler templates = new TemplateCompiler(expressions, vocabulary, faults);
        Template.Fields template =
                templates.record(pinned.get().schema(), form.with(), form.withPlace(), path);
        Map<String, FrameReader> readers = new HashMap<>();
        results.forEach((name, it) -> readers.put(name, schemas.reader(it)));
        String participant = step.participant().orElseThrow().value();
        return Optional.of(
                new CommandSpec(
                        participant,
                        Schemas.commands(participant),
                        form.command().value(),
                        new CommandMapping(
                                vocabulary,
                                schemas.reader(event),
                                readers,
                                templates,
                                new CommandTarget(pinned.get(), template)),
                        result.<ResultCheck>map(it -> new ExpectedResult(schemas.reader(it)))
                                .orElse(ResultCheck.ANY),
                        form.timeout(),
                        form.retry()));
    }

    /** Outputs of the steps before, and in a compensation of the step itself. */
    private Map<String, Vocabulary.Output> outputs(int index, boolean ownToo) {
        Map<String, Vocabulary.Output> outputs = new LinkedHashMap<>();
        for (int i = 0; i < index + (ownToo ? 1 : 0); i++) {
            StepForm step = steps.get(i);
            PinnedSchema result = results.get(step.name().value());
            if (result != null) {
                boolean mayBeUnset = i == index || step.mayBePassedOver();
                outputs.putIfAbsent(
                        step.name().value(), new Vocabulary.Output(result.schema(), mayBeUnset));
            }
        }
        return outputs;
    }

    /** Why the outputs of all other steps cannot be read. */
    private Map<String, String> hidden(int index, boolean ownToo) {
        Map<String, String> hidden = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            StepForm step = steps.get(i);
            String name = step.name().value();
            boolean result = step.action().flatMap(CommandForm::result).isPresent();
            boolean before = i < index + (ownToo ? 1 : 0);
            if (!result) {
                hidden.putIfAbsent(name, "step " + name + " has no result");
            } else if (before && !results.containsKey(name)) {
                hidden.putIfAbsent(name, Vocabulary.ALREADY_TOLD);
            } else if (!before) {
                hidden.putIfAbsent(
                        name,
                        i == index
                                ? "step " + name + " is only being asked here"
                                : "step " + name + " comes later");
            }
        }
        return hidden;
    }
}
