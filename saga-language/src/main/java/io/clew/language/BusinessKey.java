package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.Values;
import io.clew.saga.MappingException;
import io.clew.saga.SagaId;

/**
 * Says which saga of a definition an event is for.
 *
 * @param expression gives a text or a whole number
 */
record BusinessKey(String definition, Expression expression) {
    /**
     * The key.
     *
     * @throws MappingException if no saga can have it
     */
    String of(Values values) {
        String key = expression.evaluate(values).toString();
        try {
            SagaId.of(definition, key);
        } catch (IllegalArgumentException e) {
            throw new MappingException("'" + expression.text() + "': " + e.getMessage(), e);
        }
        return key;
    }
}
