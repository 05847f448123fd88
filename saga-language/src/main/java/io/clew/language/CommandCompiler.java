package io.clew.language;

import io.clew.language.CommandMapping.CommandTarget;
import io.clew.language.SagaForm.CommandForm;
import io.clew.saga.CommandSpec;
import io.clew.saga.ResultCheck;
import java.util.Optional;

/** Makes commands: schemas found, mappings compiled and checked. */
final class CommandCompiler {

    private final Tools tools;

    CommandCompiler(Tools tools) {
        this.tools = tools;
    }

    /**
     * The command of a form.
     *
     * @param path of the form, as faults have it
     */
    Optional<CommandSpec> compile(
            Optional<Located<String>> participant, CommandForm form, Sight sight, String path) {
        Schemas schemas = tools.schemas();
        Optional<PinnedSchema> pinned =
                participant.flatMap(it -> schemas.command(it.value(), form.command()));
        Optional<PinnedSchema> result = form.result().flatMap(schemas::result);
        if (pinned.isEmpty()) {
            return Optional.empty();
        }
        TemplateCompiler templates =
                new TemplateCompiler(tools.expressions(), sight.vocabulary(), tools.faults());
        Template.Fields template =
                templates.record(
                        pinned.get().schema(), form.with(), form.withPlace(), path + ".with");
        String name = participant.orElseThrow().value();
        return Optional.of(
                new CommandSpec(
                        name,
                        Schemas.commands(name),
                        form.command().value(),
                        new CommandMapping(
                                sight.reader(templates.expressions()),
                                new CommandTarget(pinned.get(), template)),
                        result.<ResultCheck>map(it -> new ExpectedResult(schemas.reader(it)))
                                .orElse(ResultCheck.ANY),
                        form.timeout(),
                        form.retry()));
    }
}
