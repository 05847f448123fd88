package io.clew.language;

import io.clew.language.CommandMapping.CommandTarget;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.SagaForm.ResultForm;
import io.clew.language.source.Node;
import io.clew.language.source.Place;
import io.clew.saga.CommandSpec;
import io.clew.saga.Mapping;
import io.clew.saga.ResultCheck;
import io.clew.saga.ResultSpec;
import java.util.Map;
import java.util.Optional;

/** Makes commands and results: schemas found, mappings compiled and checked. */
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
        Mapping mapping = mapping(pinned.get(), form.with(), form.withPlace(), sight, path);
        String name = participant.orElseThrow().value();
        return Optional.of(
                new CommandSpec(
                        name,
                        Schemas.commands(name),
                        form.command().value(),
                        mapping,
                        result.<ResultCheck>map(it -> new ExpectedResult(schemas.reader(it)))
                                .orElse(ResultCheck.ANY),
                        form.timeout(),
                        form.retry()));
    }

    /** What sagas come to, over all they have done. */
    Optional<ResultSpec> compile(ResultForm form, Sight sight) {
        return form.type()
                .flatMap(tools.schemas()::ownResult)
                .map(
                        it ->
                                new ResultSpec(
                                        it.schema().getFullName(),
                                        mapping(
                                                it,
                                                form.with(),
                                                form.withPlace(),
                                                sight,
                                                "result")));
    }

    private Mapping mapping(
            PinnedSchema record, Map<String, Node> with, Place place, Sight sight, String path) {
        TemplateCompiler templates =
                new TemplateCompiler(tools.expressions(), sight.vocabulary(), tools.faults());
        Template.Fields template = templates.record(record.schema(), with, place, path + ".with");
        return new CommandMapping(
                sight.reader(templates.expressions()), new CommandTarget(record, template));
    }
}
