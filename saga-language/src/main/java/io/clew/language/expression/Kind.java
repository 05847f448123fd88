package io.clew.language.expression;

import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What an Avro schema means, logical types included; null is looked at apart. */
enum Kind {
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    UUID,
    ENUM,
    BYTES,
    FIXED,
    DECIMAL,
    DATE,
    TIMESTAMP,
    RECORD,
    ARRAY,
    MAP,
    /** Expressions can neither read nor make it. */
    UNSUPPORTED;

    /** The meaning of a schema that is not nullable. */
    static Kind of(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case BOOLEAN -> BOOLEAN;
            case INT -> logical == null ? INT : ofInt(logical);
            case LONG -> logical == null ? LONG : ofLong(logical);
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case STRING -> isUuid(logical) ? UUID : STRING;
            case ENUM -> ENUM;
            case BYTES -> isDecimal(logical) ? DECIMAL : BYTES;
            case FIXED -> ofFixed(logical);
            case RECORD -> RECORD;
            case ARRAY -> ARRAY;
            case MAP -> MAP;
            case NULL, UNION -> UNSUPPORTED;
        };
    }

    /** Whether null is among the values of a schema. */
    static boolean nullable(Schema schema) {
        return schema.isNullable();
    }

    /** A schema without null; a union of several others stays what it is. */
    static Schema present(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> others =
                schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .toList();
        return others.size() == 1 ? others.get(0) : schema;
    }

    /** Fraction digits of a decimal schema. */
    static int scale(Schema schema) {
        return ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
    }

    /** Digits of a decimal schema, fraction included. */
    static int precision(Schema schema) {
        return ((LogicalTypes.Decimal) schema.getLogicalType()).getPrecision();
    }

    /** Fraction digits of the second that a timestamp schema holds. */
    static int secondDigits(Schema schema) {
        return switch (schema.getLogicalType()) {
            case LogicalTypes.TimestampMillis ignored -> 3;
            case LogicalTypes.TimestampMicros ignored -> 6;
            default -> 9;
        };
    }

    private static Kind ofInt(LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.Date ignored -> DATE;
            case LogicalTypes.TimeMillis ignored -> UNSUPPORTED;
            default -> INT;
        };
    }

    private static Kind ofLong(LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.TimestampMillis ignored -> TIMESTAMP;
            case LogicalTypes.TimestampMicros ignored -> TIMESTAMP;
            case LogicalTypes.TimestampNanos ignored -> TIMESTAMP;
            case LogicalTypes.TimeMicros ignored -> UNSUPPORTED;
            case LogicalTypes.LocalTimestampMillis ignored -> UNSUPPORTED;
            case LogicalTypes.LocalTimestampMicros ignored -> UNSUPPORTED;
            case LogicalTypes.LocalTimestampNanos ignored -> UNSUPPORTED;
            default -> LONG;
        };
    }

    private static Kind ofFixed(LogicalType logical) {
        if (isDecimal(logical)) {
            return DECIMAL;
        }
        return logical == null ? FIXED : UNSUPPORTED;
    }

    private static boolean isDecimal(LogicalType logical) {
        return logical instanceof LogicalTypes.Decimal;
    }

    private static boolean isUuid(LogicalType logical) {
        return logical != null && logical.getName().equals("uuid");
    }
}
