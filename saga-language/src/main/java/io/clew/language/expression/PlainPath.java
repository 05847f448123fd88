package io.clew.language.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.values.SelectableValue;
import io.clew.saga.MappingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An expression that only names fields of records, such as {@code event.address.city}. Most are;
 * CEL's checker sets up its whole environment for each expression, and these do not need it.
 */
record PlainPath(String variable, List<String> fields) implements Evaluation {

    /** The path that an expression is, if it is one and every part of it is a record. */
    static Optional<PlainPath> of(CelExpr expr, Vocabulary vocabulary) {
        List<String> fields = new ArrayList<>();
        CelExpr at = expr;
        while (at.getKind() == CelExpr.ExprKind.Kind.SELECT && !at.select().testOnly()) {
            fields.add(at.select().field());
            at = at.select().operand();
            if (types(vocabulary).of(at).filter(vocabulary.types()::isStruct).isEmpty()) {
                return Optional.empty();
            }
        }
        Collections.reverse(fields);
        return Trees.ident(at)
                .filter(vocabulary.variables()::containsKey)
                .map(variable -> new PlainPath(variable, List.copyOf(fields)));
    }

    /** The types along a path. */
    static TypeOf types(Vocabulary vocabulary) {
        return expr -> type(expr, vocabulary);
    }

    @Override
    public Object evaluate(Values values) {
        Object value =
                values.find(variable)
                        .orElseThrow(
                                () ->
                                        new MappingException(
                                                "Expected '" + variable + "' to be set"));
        try {
            for (String field : fields) {
                value = struct(value).select(field);
            }
            return value;
        } catch (NoSuchElementException e) {
            throw new MappingException(String.valueOf(e.getMessage()), e);
        }
    }

    @SuppressWarnings("unchecked") // All structs of ours are selected by name.
    private static SelectableValue<String> struct(Object value) {
        return (SelectableValue<String>) value;
    }

    private static Optional<CelType> type(CelExpr expr, Vocabulary vocabulary) {
        if (expr.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            return type(expr.select().operand(), vocabulary)
                    .flatMap(it -> vocabulary.types().field(it, expr.select().field()));
        }
        return Trees.ident(expr).map(vocabulary.variables()::get);
    }
}
