package io.clew.testkit;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of plain values: text (also for enums), numbers, {@link BigDecimal} for decimals,
 * {@link Instant}, {@link LocalDate}, lists, and maps for maps and for records inside.
 */
final class Records {

    private static final int MICROS = 1_000_000;

    private Records() {}

    /**
     * A record; a field that is not given has its default.
     *
     * @throws IllegalArgumentException if a field is unknown, missing or of another type
     */
    static GenericRecord of(Schema schema, Map<String, ?> fields) {
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        for (Map.Entry<String, ?> entry : fields.entrySet()) {
            Schema.Field field = schema.getField(entry.getKey());
            if (field == null) {
                throw new IllegalArgumentException(
                        "Expected a field of %s but got '%s'; known are %s"
                                .formatted(
                                        schema.getFullName(), entry.getKey(), schema.getFields()));
            }
            record.set(field, value(field.schema(), entry.getValue(), entry.getKey()));
        }
        try {
            return record.build();
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "Expected every field of " + schema.getFullName() + " but: " + e.getMessage(),
                    e);
        }
    }

    private static @Nullable Object value(Schema schema, @Nullable Object plain, String where) {
        if (schema.isUnion()) {
            return branch(schema, plain, where);
        }
        if (plain == null) {
            if (schema.getType() == Schema.Type.NULL) {
                return null;
            }
            throw mismatch(schema, "null", where);
        }
        LogicalType logical = schema.getLogicalType();
        return logical == null
                ? simple(schema, plain, where)
                : logical(logical, schema, plain, where);
    }

    /** The first branch that takes it. */
    private static @Nullable Object branch(Schema union, @Nullable Object plain, String where) {
        for (Schema branch : union.getTypes()) {
            try {
                return value(branch, plain, where);
            } catch (IllegalArgumentException another) {
                // The next branch may take it; if none does, that is said below.
            }
        }
        throw mismatch(union, String.valueOf(plain), where);
    }

    private static Object logical(LogicalType logical, Schema schema, Object plain, String where) {
        return switch (logical) {
            case LogicalTypes.Decimal decimal when plain instanceof BigDecimal number ->
                    new Conversions.DecimalConversion()
                            .toBytes(number.setScale(decimal.getScale()), schema, decimal);
            case LogicalTypes.Date ignored when plain instanceof LocalDate date ->
                    (int) date.toEpochDay();
            case LogicalTypes.TimestampMillis ignored when plain instanceof Instant instant ->
                    instant.toEpochMilli();
            case LogicalTypes.TimestampMicros ignored when plain instanceof Instant instant ->
                    instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
            default -> simple(schema, plain, where);
        };
    }

    private static Object simple(Schema schema, Object plain, String where) {
        boolean fits =
                switch (schema.getType()) {
                    case STRING -> plain instanceof String;
                    case ENUM -> plain instanceof String text && schema.hasEnumSymbol(text);
                    case INT -> plain instanceof Integer;
                    case LONG -> plain instanceof Integer || plain instanceof Long;
                    case FLOAT, DOUBLE -> plain instanceof Number;
                    case BOOLEAN -> plain instanceof Boolean;
                    case BYTES -> plain instanceof ByteBuffer;
                    case FIXED -> plain instanceof GenericFixed;
                    case RECORD -> plain instanceof GenericRecord || plain instanceof Map;
                    case ARRAY -> plain instanceof List;
                    case MAP -> plain instanceof Map;
                    case UNION, NULL -> false;
                };
        if (!fits) {
            throw mismatch(schema, plain + " (" + plain.getClass() + ")", where);
        }
        return switch (plain) {
            case String text when schema.getType() == Schema.Type.ENUM ->
                    new GenericData.EnumSymbol(schema, text);
            case Number number -> number(schema.getType(), number);
            case List<?> items ->
                    items.stream()
                            .map(it -> value(schema.getElementType(), it, where + "[]"))
                            .toList();
            case Map<?, ?> fields when schema.getType() == Schema.Type.RECORD ->
                    of(schema, texts(fields));
            case Map<?, ?> entries -> map(schema, entries, where);
            default -> plain;
        };
    }

    private static Number number(Schema.Type type, Number number) {
        return switch (type) {
            case LONG -> number.longValue();
            case FLOAT -> number.floatValue();
            case DOUBLE -> number.doubleValue();
            default -> number;
        };
    }

    private static Map<String, @Nullable Object> map(
            Schema schema, Map<?, ?> entries, String where) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        texts(entries).forEach((key, it) -> map.put(key, value(schema.getValueType(), it, where)));
        return map;
    }

    private static Map<String, ?> texts(Map<?, ?> entries) {
        Map<String, Object> texts = new TreeMap<>();
        entries.forEach((key, it) -> texts.put(String.valueOf(key), it));
        return texts;
    }

    private static IllegalArgumentException mismatch(Schema schema, String found, String where) {
        return new IllegalArgumentException(
                "Expected a value of %s for '%s' but got %s".formatted(schema, where, found));
    }
}
