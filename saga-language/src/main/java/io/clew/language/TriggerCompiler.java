package io.clew.language;

import io.clew.language.SagaForm.TriggerForm;
import io.clew.language.expression.Expression;
import io.clew.language.expression.ExpressionCompiler;
import io.clew.language.expression.Vocabulary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the trigger of a definition. */
final class TriggerCompiler {

    private final Schemas schemas;
    private final ExpressionCompiler expressions;
    private final Faults faults;

    TriggerCompiler(Schemas schemas, ExpressionCompiler expressions, Faults faults) {
        this.schemas = schemas;
        this.expressions = expressions;
        this.faults = faults;
    }

    /** The trigger, or nothing and a fault. */
    Optional<TriggerSpec> compile(SagaForm form, PinnedSchema event) {
        Vocabulary vocabulary = Vocabulary.ofTrigger(event.schema());
        Optional<Located<String>> key = form.trigger().flatMap(TriggerForm::key);
        Optional<Expression> keyed = key.flatMap(it -> text(it, vocabulary, false));
        Map<String, Expression> index = new TreeMap<>();
        form.index()
                .forEach(
                        (name, it) ->
                                text(it, vocabulary, true).ifPresent(e -> index.put(name, e)));
        Optional<String> topic = form.trigger().flatMap(TriggerForm::topic).map(Located::value);
        if (keyed.isEmpty() || topic.isEmpty() || form.name().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new TriggerSpec(
                        form.name().get().value(),
                        topic.get(),
                        schemas.reader(event),
                        new TriggerSpec.Readings(vocabulary, keyed.get(), index)));
    }

    private Optional<Expression> text(
            Located<String> source, Vocabulary vocabulary, boolean mayBeUnset) {
        Optional<Expression> expression =
                expressions.compile(
                        source.value(), vocabulary, faults.at(source.place(), source.path()));
        Optional<Expression> fitting = expression.filter(it -> it.isText(mayBeUnset));
        if (expression.isPresent() && fitting.isEmpty()) {
            faults.error(
                    source.place(),
                    source.path(),
                    "Expected a text or a whole number"
                            + (mayBeUnset ? "" : " that is always set")
                            + " but got "
                            + expression.get().typeName(),
                    "Convert it with string(…)" + (mayBeUnset ? "" : ", or add .orValue(…)"));
        }
        return fitting;
    }
}
