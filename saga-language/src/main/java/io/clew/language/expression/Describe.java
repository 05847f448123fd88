package io.clew.language.expression;

import dev.cel.common.types.CelType;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Types in words. */
final class Describe {

    private Describe() {}

    static String of(Schema schema) {
        return switch (Kind.of(schema)) {
            case RECORD, ENUM, FIXED -> schema.getFullName();
            case DECIMAL -> "decimal(" + Kind.precision(schema) + ", " + Kind.scale(schema) + ")";
            case TIMESTAMP, DATE, UUID -> schema.getLogicalType().getName();
            case ARRAY -> "a list of " + of(Kind.present(schema.getElementType()));
            case MAP -> "a map of " + of(Kind.present(schema.getValueType()));
            case UNSUPPORTED ->
                    schema.isUnion() || schema.getLogicalType() == null
                            ? schema.toString()
                            : schema.getLogicalType().getName();
            default -> schema.getType().getName();
        };
    }

    static String of(CelType type) {
        if (type.name().startsWith(Types.UNSUPPORTED_PREFIX)) {
            return "a "
                    + type.name().substring(Types.UNSUPPORTED_PREFIX.length())
                    + ", which expressions cannot read";
        }
        String parameters =
                type.parameters().isEmpty()
                        ? ""
                        : type.parameters().stream().map(Describe::of).toList().toString();
        return switch (type.name()) {
            case "google.protobuf.Timestamp" -> "timestamp";
            case "google.protobuf.Duration" -> "duration";
            default -> type.name() + parameters;
        };
    }

    /** That a value of one type cannot go where another is wanted. */
    static Optional<Problem> mismatch(String target, String from, Schema to) {
        String remedy =
                switch (Kind.of(to)) {
                    case DOUBLE, FLOAT -> "Convert it with double(…)";
                    case INT, LONG -> "Convert it with int(…)";
                    case STRING -> "Convert it with string(…)";
                    case DECIMAL -> "Write decimal('10.00'), or read a decimal field";
                    case TIMESTAMP -> "Write timestamp('2026-01-31T12:00:00Z')";
                    case DATE -> "Write date('2026-01-31')";
                    case RECORD -> "Give a record, or nest its fields with an expression for each";
                    case ARRAY -> "Give a list";
                    case MAP -> "Give a map with texts as keys";
                    default -> "Give a value of that type";
                };
        return Optional.of(
                Problem.fault(
                        "Expected " + of(to) + " for " + target + " but got " + from, remedy));
    }

    static void tooFine(String target, int scale, Schema schema, Consumer<Problem> problems) {
        problems.accept(
                Problem.fault(
                        "Expected at most "
                                + Kind.scale(schema)
                                + " fraction digits for "
                                + target
                                + " but the value may have "
                                + scale,
                        "Decimals are never rounded; use a value of that scale"));
    }
}
