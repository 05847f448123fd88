package io.clew.language;

import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.ChannelForm;
import io.clew.language.expression.Expression;
import io.clew.language.expression.Vocabulary;
import java.util.List;
import java.util.Optional;

/** Makes what the awaits of a definition take from topics. */
final class AwaitCompiler {

    private final Schemas schemas;
    private final TypedExpressions expressions;

    AwaitCompiler(Schemas schemas, TypedExpressions expressions) {
        this.schemas = schemas;
        this.expressions = expressions;
    }

    /** One for each await of a topic; one that is missing has left a fault. */
    List<AwaitSpec> compile(SagaForm form) {
        return NodeForm.allOf(form.steps())
                .filter(AwaitForm.class::isInstance)
                .map(AwaitForm.class::cast)
                .flatMap(await -> compile(await, form).stream())
                .toList();
    }

    private Optional<AwaitSpec> compile(AwaitForm await, SagaForm form) {
        Optional<PinnedSchema> event = schemas.awaited(await);
        if (event.isEmpty()
                || !(await.channel().orElseThrow() instanceof ChannelForm.TopicForm it)) {
            return Optional.empty();
        }
        Vocabulary vocabulary = Vocabulary.ofArrival(event.get().schema());
        Optional<Expression> key =
                it.key().flatMap(text -> expressions.text(text, vocabulary, false));
        if (key.isEmpty() || form.name().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new AwaitSpec(
                        await.name().value(),
                        it.topic().orElseThrow().value(),
                        schemas.reader(event.get()),
                        vocabulary,
                        new BusinessKey(form.name().get().value(), key.get())));
    }
}
