package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.ExpressionCompiler;
import io.clew.language.expression.Vocabulary;
import io.clew.saga.MappingException;
import java.util.Optional;

/** Compiles the expressions that are not under {@code with}, each of the type its place wants. */
final class TypedExpressions {

    private final ExpressionCompiler expressions;
    private final Faults faults;

    TypedExpressions(ExpressionCompiler expressions, Faults faults) {
        this.expressions = expressions;
        this.faults = faults;
    }

    /** A text, or a whole number, which has one obvious text. */
    Optional<Expression> text(Located<String> source, Vocabulary vocabulary, boolean mayBeUnset) {
        Optional<Expression> expression = compile(source, vocabulary);
        return fitting(
                expression,
                source,
                expression.filter(it -> it.isText(mayBeUnset)).isPresent(),
                "a text or a whole number" + (mayBeUnset ? "" : " that is always set"),
                "Convert it with string(…)" + (mayBeUnset ? "" : ", or add .orValue(…)"));
    }

    Optional<Expression> condition(Located<String> source, Vocabulary vocabulary) {
        Optional<Expression> expression = compile(source, vocabulary);
        return fitting(
                expression,
                source,
                expression.filter(Expression::isCondition).isPresent(),
                "true or false",
                "Compare something, such as event.lines.size() > 1; what may be unset needs"
                        + " .orValue(false)");
    }

    Optional<Expression> list(Located<String> source, Vocabulary vocabulary) {
        Optional<Expression> expression = compile(source, vocabulary);
        return fitting(
                expression,
                source,
                expression.filter(Expression::isList).isPresent(),
                "a list whose items have a type",
                "Give a list, such as event.lines; one that may be unset needs .orValue([])");
    }

    Optional<Expression> timestamp(Located<String> source, Vocabulary vocabulary) {
        Optional<Expression> expression = compile(source, vocabulary);
        return fitting(
                expression,
                source,
                expression.filter(Expression::isTimestamp).isPresent(),
                "a timestamp that is always set",
                "Give a timestamp, such as event.placedAt + duration('24h')");
    }

    /** Whether a condition is the same in every saga, and which. */
    Optional<Boolean> always(Expression condition, Located<String> source, Vocabulary vocabulary) {
        try {
            return condition.constant(vocabulary).map(Boolean.class::cast);
        } catch (MappingException e) {
            faults.error(
                    source.place(),
                    source.path(),
                    "Expected a condition that has a value but: " + e.getMessage(),
                    "Mend the expression");
            return Optional.empty();
        }
    }

    private Optional<Expression> compile(Located<String> source, Vocabulary vocabulary) {
        return expressions.compile(
                source.value(), vocabulary, faults.at(source.place(), source.path()));
    }

    private Optional<Expression> fitting(
            Optional<Expression> expression,
            Located<String> source,
            boolean fits,
            String wanted,
            String remedy) {
        if (expression.isPresent() && !fits) {
            faults.error(
                    source.place(),
                    source.path(),
                    "Expected " + wanted + " but got " + expression.get().typeName(),
                    remedy);
        }
        return fits ? expression : Optional.empty();
    }
}
