package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.saga.Formula;
import io.clew.saga.MappingException;
import io.clew.saga.MappingScope;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;

/** An expression whose value the core asks for. */
record ExpressionFormula<T>(Expression expression, ScopeReader reader, Function<Object, T> value)
        implements Formula<T> {

    static Formula<Boolean> condition(Expression expression, Sight sight) {
        return of(expression, sight, Boolean.class::cast);
    }

    /** How many items a list has. */
    static Formula<Integer> size(Expression expression, Sight sight) {
        return of(expression, sight, list -> ((List<?>) list).size());
    }

    static Formula<Instant> instant(Expression expression, Sight sight) {
        return of(expression, sight, Instant.class::cast);
    }

    private static <T> Formula<T> of(
            Expression expression, Sight sight, Function<Object, T> value) {
        return new ExpressionFormula<>(expression, sight.reader(List.of(expression)), value);
    }

    @Override
    public T of(MappingScope scope) {
        try {
            return value.apply(expression.evaluate(reader.read(scope)));
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new MappingException(
                    "Expected a value of '" + expression.text() + "' but: " + e, e);
        }
    }
}
