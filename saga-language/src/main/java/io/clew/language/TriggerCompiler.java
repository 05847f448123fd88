package io.clew.language;

import io.clew.language.SagaForm.TriggerForm;
import io.clew.language.expression.Expression;
import io.clew.language.expression.Vocabulary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the trigger of a definition. */
final class TriggerCompiler {

    private final Schemas schemas;
    private final TypedExpressions expressions;

    TriggerCompiler(Schemas schemas, TypedExpressions expressions) {
        this.schemas = schemas;
        this.expressions = expressions;
    }

    /** The trigger, or nothing and a fault. */
    Optional<TriggerSpec> compile(SagaForm form, PinnedSchema event) {
        Vocabulary vocabulary = Vocabulary.ofTrigger(event.schema());
        Optional<Located<String>> key = form.trigger().flatMap(TriggerForm::key);
        Optional<Expression> keyed = key.flatMap(it -> expressions.text(it, vocabulary, false));
        Map<String, Expression> index = new TreeMap<>();
        form.index()
                .forEach(
                        (name, it) ->
                                expressions
                                        .text(it, vocabulary, true)
                                        .ifPresent(e -> index.put(name, e)));
        Optional<String> topic = form.trigger().flatMap(TriggerForm::topic).map(Located::value);
        if (keyed.isEmpty() || topic.isEmpty() || form.name().isEmpty()) {
            return Optional.empty();
        }
        BusinessKey businessKey = new BusinessKey(form.name().get().value(), keyed.get());
        return Optional.of(
                new TriggerSpec(
                        topic.get(),
                        schemas.reader(event),
                        new TriggerSpec.Readings(vocabulary, businessKey, index)));
    }
}
