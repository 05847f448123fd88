package io.clew.language.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Where a value comes from, as far as it can be known: CEL's types alone forget widths. */
sealed interface Origin {

    /** It is read from an Avro field, as it is. */
    record Field(Schema schema) implements Origin {}

    /** It is written in the expression. */
    record Literal(Object value) implements Origin {}

    /**
     * It is computed.
     *
     * @param scale at most so many fraction digits, if it is a decimal and that is known
     */
    record Computed(OptionalInt scale) implements Origin {}

    /** Every origin the value of an expression may have. */
    static List<Origin> of(TypeOf checked, CelExpr expr, Types types) {
        return switch (expr.getKind()) {
            case SELECT -> ofField(checked, expr.select().operand(), expr.select().field(), types);
            case CONSTANT -> ofConstant(expr.constant());
            case CALL -> ofCall(checked, expr.call(), types);
            case IDENT -> types.origins(expr.ident().name()).orElse(computed());
            default -> computed();
        };
    }

    private static List<Origin> ofCall(TypeOf checked, CelExpr.CelCall call, Types types) {
        List<CelExpr> args = call.args();
        return switch (call.function()) {
            case Trees.OPTIONAL_SELECT ->
                    ofField(
                            checked,
                            args.get(0),
                            Trees.stringConstant(args.get(1)).orElse(""),
                            types);
            case Trees.CONDITIONAL ->
                    both(of(checked, args.get(1), types), of(checked, args.get(2), types));
            case "orValue", "or" ->
                    both(
                            of(checked, call.target().orElse(args.get(0)), types),
                            of(checked, args.get(args.size() - 1), types));
            case "optional.of", "optional.ofNonZeroValue" -> of(checked, args.get(0), types);
            case "optional.none" -> List.of();
            case "value" -> call.target().map(it -> of(checked, it, types)).orElse(computed());
            case "decimal" ->
                    Trees.stringConstant(args.get(0))
                            .<List<Origin>>map(it -> List.of(new Literal(Decimal.of(it))))
                            .orElse(List.of(new Computed(wholeNumber(checked, args.get(0)))));
            case "_+_", "_-_" -> List.of(new Computed(sumScale(checked, args, types)));
            case Trees.INDEX -> elements(of(checked, args.get(0), types));
            default -> computed();
        };
    }

    /** Where the elements of a list or map come from. */
    static List<Origin> elements(List<Origin> lists) {
        return lists.stream().map(it -> it instanceof Field list ? element(list) : it).toList();
    }

    private static OptionalInt sumScale(TypeOf checked, List<CelExpr> args, Types types) {
        OptionalInt scale = OptionalInt.of(0);
        for (CelExpr arg : args) {
            scale = max(scale, scale(of(checked, arg, types)));
        }
        return scale;
    }

    private static OptionalInt wholeNumber(TypeOf checked, CelExpr expr) {
        boolean whole = checked.of(expr).filter(it -> it.name().equals("int")).isPresent();
        return whole ? OptionalInt.of(0) : OptionalInt.empty();
    }

    private static List<Origin> ofField(
            TypeOf checked, CelExpr operand, String field, Types types) {
        return checked.of(operand)
                .flatMap(types::struct)
                .flatMap(struct -> Optional.ofNullable(struct.schema().getField(field)))
                .<List<Origin>>map(it -> List.of(new Field(Kind.present(it.schema()))))
                .orElse(computed());
    }

    private static Origin element(Field list) {
        return switch (Kind.of(list.schema())) {
            case ARRAY -> new Field(Kind.present(list.schema().getElementType()));
            case MAP -> new Field(Kind.present(list.schema().getValueType()));
            default -> new Computed(OptionalInt.empty());
        };
    }

    private static List<Origin> ofConstant(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE -> List.of(new Literal(constant.stringValue()));
            case INT64_VALUE -> List.of(new Literal(constant.int64Value()));
            case NULL_VALUE -> List.of();
            default -> computed();
        };
    }

    private static OptionalInt scale(List<Origin> origins) {
        OptionalInt scale = OptionalInt.of(0);
        for (Origin origin : origins) {
            scale = max(scale, scale(origin));
        }
        return scale;
    }

    /** Fraction digits at most; empty if not known. */
    static OptionalInt scale(Origin origin) {
        return switch (origin) {
            case Field(Schema schema) when Kind.of(schema) == Kind.DECIMAL ->
                    OptionalInt.of(Kind.scale(schema));
            case Literal(Decimal decimal) -> OptionalInt.of(decimal.value().scale());
            case Computed(OptionalInt scale) -> scale;
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt max(OptionalInt one, OptionalInt other) {
        return one.isPresent() && other.isPresent()
                ? OptionalInt.of(Math.max(one.getAsInt(), other.getAsInt()))
                : OptionalInt.empty();
    }

    private static List<Origin> both(List<Origin> one, List<Origin> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** Nothing is known. */
    static List<Origin> computed() {
        return List.of(new Computed(OptionalInt.empty()));
    }
}
