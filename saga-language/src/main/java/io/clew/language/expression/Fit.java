package io.clew.language.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Whether the value of an expression fits an Avro schema, before there is a value. */
public final class Fit {

    private final Expression.Typed source;
    private final String target;
    private final Consumer<Problem> problems;

    private Fit(Expression.Typed source, String target, Consumer<Problem> problems) {
        this.source = source;
        this.target = target;
        this.problems = problems;
    }

    /**
     * Checks an expression against the schema of the field it feeds.
     *
     * @param target the field as people call it, such as {@code ChargePayment.amount}
     */
    public static void check(
            Expression expression, Schema schema, String target, Consumer<Problem> problems) {
        Expression.Typed typed = expression.typed();
        new Fit(typed, target, problems).value(typed.type(), typed.origins(), schema);
    }

    private void value(CelType type, List<Origin> origins, Schema schema) {
        boolean nullable = Kind.nullable(schema);
        Schema present = Kind.present(schema);
        if (Kind.of(present) == Kind.UNSUPPORTED) {
            unsupported(target, present);
            return;
        }
        if (type.equals(SimpleType.NULL_TYPE)) {
            if (!nullable) {
                fault(target + " is required but null is given", "Give it a value");
            }
            return;
        }
        if (Types.isOptional(type) && !nullable) {
            mayBeUnset(target);
            return;
        }
        if (Types.isOptional(type) && origins.isEmpty()) {
            return; // optional.none(), whatever it is none of.
        }
        CelType value = Types.present(type);
        List<Origin> known = origins.isEmpty() ? Origin.computed() : origins;
        for (Origin origin : known) {
            if (origin instanceof Origin.Field(Schema from)) {
                new SchemaFit(target, problems).check(from, present);
            } else {
                computed(value, origin, present);
            }
        }
    }

    private void computed(CelType type, Origin origin, Schema schema) {
        Optional<Types.Struct> struct = source.types().struct(type);
        Kind to = Kind.of(schema);
        if (struct.isPresent() && to == Kind.RECORD) {
            new SchemaFit(target, problems)
                    .record(struct.get().schema(), struct.get().absent(), schema);
        } else if (type instanceof ListType list && to == Kind.ARRAY) {
            value(list.elemType(), List.of(), schema.getElementType());
        } else if (type instanceof MapType map
                && to == Kind.MAP
                && map.keyType().equals(SimpleType.STRING)) {
            value(map.valueType(), List.of(), schema.getValueType());
        } else if (type.equals(SimpleType.DYN)) {
            fault(
                    "Expected "
                            + Describe.of(schema)
                            + " for "
                            + target
                            + " but the expression's type is not known",
                    "Use values of one type, without dyn()");
        } else {
            scalar(type, origin, schema, to);
        }
    }

    private void scalar(CelType type, Origin origin, Schema schema, Kind to) {
        boolean fits =
                switch (type.name()) {
                    case "bool" -> to == Kind.BOOLEAN;
                    case "int" -> wholeNumber(origin, to);
                    case "double" -> to == Kind.DOUBLE;
                    case "string" -> text(origin, schema, to);
                    case "bytes" -> to == Kind.BYTES || to == Kind.FIXED;
                    case "Decimal" -> to == Kind.DECIMAL && decimal(origin, schema);
                    case "Date" -> to == Kind.DATE;
                    case "google.protobuf.Timestamp" -> to == Kind.TIMESTAMP;
                    default -> false;
                };
        if (!fits) {
            Describe.mismatch(target, Describe.of(type), schema).ifPresent(problems);
        }
    }

    private boolean wholeNumber(Origin origin, Kind to) {
        if (to == Kind.INT
                && origin instanceof Origin.Literal(Long number)
                && number != number.intValue()) {
            fault(
                    "Expected an int for " + target + " but got " + number,
                    "Write a number between -2^31 and 2^31-1");
        }
        return to == Kind.INT || to == Kind.LONG || to == Kind.DECIMAL;
    }

    private boolean text(Origin origin, Schema schema, Kind to) {
        return switch (to) {
            case STRING -> true;
            case ENUM -> {
                if (!(origin instanceof Origin.Literal(String symbol))) {
                    checkedLater("one of the symbols of " + schema.getName());
                } else if (!schema.hasEnumSymbol(symbol)) {
                    fault(
                            "Expected a symbol of "
                                    + schema.getName()
                                    + " for "
                                    + target
                                    + " but got '"
                                    + symbol
                                    + "'",
                            Similar.remedy(symbol, schema.getEnumSymbols()));
                }
                yield true;
            }
            case UUID -> {
                if (!(origin instanceof Origin.Literal(String text))) {
                    checkedLater("a UUID");
                } else if (!isUuid(text)) {
                    fault(
                            "Expected a UUID for " + target + " but got '" + text + "'",
                            "Write it like '123e4567-e89b-12d3-a456-426614174000'");
                }
                yield true;
            }
            default -> false;
        };
    }

    private boolean decimal(Origin origin, Schema schema) {
        OptionalInt scale = Origin.scale(origin);
        if (scale.isEmpty()) {
            checkedLater("a decimal of scale " + Kind.scale(schema));
        } else if (scale.getAsInt() > Kind.scale(schema)) {
            Describe.tooFine(target, scale.getAsInt(), schema, problems);
        } else if (origin instanceof Origin.Literal(Decimal literal)
                && wholeDigits(literal) > Kind.precision(schema) - Kind.scale(schema)) {
            fault(
                    "Expected " + Describe.of(schema) + " for " + target + " but got " + literal,
                    "Write a smaller number");
        }
        return true;
    }

    private static int wholeDigits(Decimal literal) {
        return literal.value().precision() - literal.value().scale();
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void mayBeUnset(String field) {
        fault(
                field + " is required but its value may be unset",
                "Give it a default with .orValue(…), read it where it is always set, or make the"
                        + " field nullable in its schema");
    }

    private void unsupported(String field, Schema schema) {
        fault(
                "Expected a type that expressions can make for "
                        + field
                        + " but its schema is "
                        + Describe.of(schema),
                "Leave the field at its default, or give it another type in the schema");
    }

    private void checkedLater(String what) {
        problems.accept(
                Problem.warning(
                        "Expected "
                                + what
                                + " for "
                                + target
                                + " but that is only known when the command is made",
                        "See to it that it always is; else the saga stops with an incident there"));
    }

    private void fault(String message, String remedy) {
        problems.accept(Problem.fault(message, remedy));
    }
}
