package io.clew.language;

import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.StepForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.SagaForm.ResultForm;
import io.clew.language.SagaForm.TriggerForm;
import io.clew.language.expression.ExpressionCompiler;
import io.clew.language.source.Node;
import io.clew.language.source.SourceException;
import io.clew.language.source.SourceReader;
import io.clew.saga.DefinitionRef;
import io.clew.saga.ResultSpec;
import io.clew.saga.SagaDefinition;
import io.clew.saga.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compiles saga definitions. Safe for use by many threads. */
public final class DefinitionCompiler {

    private final ExpressionCompiler expressions = new ExpressionCompiler();

    /**
     * Compiles a definition as a person wrote it, YAML or JSON, and pins it to the latest schemas.
     * Bad input throws nothing; what the catalog throws is passed on.
     */
    public Compilation compile(String source, SchemaCatalog schemas, WriterSchemas writers) {
        Faults faults = new Faults();
        Node root;
        try {
            root = SourceReader.read(source);
        } catch (SourceException e) {
            faults.error(e.place(), "", String.valueOf(e.getMessage()), e.remedy());
            return new Compilation.Refused(faults.byPlace());
        }
        SagaForm form = new FormReader(faults).read(root);
        new Rules(faults).check(form.steps(), form.deadline());
        Optional<CompiledDefinition> compiled =
                compile(form, new Schemas(schemas, writers, faults), faults);
        return faults.refused() || compiled.isEmpty()
                ? new Compilation.Refused(faults.byPlace())
                : new Compilation.Accepted(compiled.get(), faults.byPlace());
    }

    /**
     * Compiles a definition that was accepted before, from its canonical JSON and nothing but the
     * schemas it was pinned to: the same arguments give the same definition, for ever.
     *
     * @throws IllegalArgumentException if this is no such definition
     */
    public CompiledDefinition recompile(
            String canonicalJson, List<PinnedSchema> pinned, WriterSchemas writers) {
        Map<String, PinnedSchema> bySubject =
                pinned.stream()
                        .collect(Collectors.toMap(PinnedSchema::subject, Function.identity()));
        SchemaCatalog catalog = subject -> Optional.ofNullable(bySubject.get(subject));
        return switch (compile(canonicalJson, catalog, writers)) {
            case Compilation.Accepted accepted -> named(accepted.definition(), canonicalJson);
            case Compilation.Refused refused ->
                    throw new IllegalArgumentException(
                            "Expected a definition that was accepted before but: "
                                    + refused.faults());
        };
    }

    /** Keeps the text and hash it was accepted with, whatever this version would render. */
    private static CompiledDefinition named(CompiledDefinition compiled, String canonical) {
        SagaDefinition it = compiled.definition();
        DefinitionRef ref =
                new DefinitionRef(it.ref().name(), it.ref().version(), Canonical.sha256(canonical));
        return new CompiledDefinition(
                new SagaDefinition(ref, it.deadline(), it.retention(), it.uniqueFor(), it.root())
                        .giving(it.result()),
                compiled.trigger(),
                compiled.awaits(),
                compiled.children(),
                canonical,
                compiled.schemas());
    }

    private Optional<CompiledDefinition> compile(SagaForm form, Schemas schemas, Faults faults) {
        Optional<PinnedSchema> event = event(form, schemas);
        if (event.isEmpty()) {
            NodeForm.allOf(form.steps()).forEach(node -> lookUp(node, schemas));
            form.result().flatMap(ResultForm::type).ifPresent(schemas::ownResult);
            return Optional.empty();
        }
        TypedExpressions typed = new TypedExpressions(expressions, faults);
        Optional<TriggerSpec> trigger =
                new TriggerCompiler(schemas, typed).compile(form, event.get());
        Sights sights = new Sights(schemas, event.get(), form.steps());
        Tools tools = new Tools(schemas, sights, expressions, typed, faults);
        Sequence root = new NodeCompiler(tools).sequence(form.steps(), List.of());
        Optional<ResultSpec> result =
                form.result()
                        .flatMap(
                                it ->
                                        new CommandCompiler(tools)
                                                .compile(it, sights.done(form.steps().size())));
        List<AwaitSpec> awaits = new AwaitCompiler(schemas, typed).compile(form);
        if (faults.refused() || trigger.isEmpty()) {
            return Optional.empty();
        }
        String canonical = Canonical.of(form);
        DefinitionRef ref =
                new DefinitionRef(
                        form.name().orElseThrow().value(),
                        form.version().orElseThrow(),
                        Canonical.sha256(canonical));
        SagaDefinition definition =
                new SagaDefinition(ref, form.deadline(), form.retention(), form.uniqueFor(), root)
                        .giving(result);
        return Optional.of(
                new CompiledDefinition(
                        definition,
                        trigger.get(),
                        awaits,
                        ChildStart.of(form.steps()),
                        canonical,
                        schemas.pins()));
    }

    private static Optional<PinnedSchema> event(SagaForm form, Schemas schemas) {
        Optional<Located<String>> topic = form.trigger().flatMap(TriggerForm::topic);
        Optional<Located<String>> type = form.trigger().flatMap(TriggerForm::event);
        return topic.isPresent() && type.isPresent()
                ? schemas.event(topic.get().value(), type.get())
                : Optional.empty();
    }

    /** Without the event no expression can be checked, but missing schemas can be told. */
    private static void lookUp(NodeForm node, Schemas schemas) {
        switch (node) {
            case StepForm step -> {
                step.action().ifPresent(it -> lookUp(step.participant(), it, schemas));
                step.compensation().ifPresent(it -> lookUp(step.participant(), it, schemas));
            }
            case AwaitForm await -> {
                schemas.awaited(await);
                await.undo()
                        .ifPresent(
                                undo ->
                                        undo.command()
                                                .ifPresent(
                                                        it ->
                                                                lookUp(
                                                                        undo.participant(),
                                                                        it,
                                                                        schemas)));
            }
            case NodeForm.DelayForm ignored -> {}
            case NodeForm.SavepointForm ignored -> {}
            case NodeForm.ChoiceForm ignored -> {}
            case NodeForm.ParallelForm ignored -> {}
            case NodeForm.ForEachForm ignored -> {}
        }
    }

    private static void lookUp(
            Optional<Located<String>> participant, CommandForm command, Schemas schemas) {
        command.result().ifPresent(schemas::result);
        participant.ifPresent(it -> schemas.command(it.value(), command.command()));
    }
}
