package io.clew.coordinator.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Plain JSON to an Avro record, as people write it: decimals as numbers or text, instants as text,
 * unions without the name of their branch. Every fault is listed.
 */
final class JsonEvents {

    private final List<String> faults = new ArrayList<>();

    private JsonEvents() {}

    /** A record, or all that is wrong with the JSON. */
    sealed interface Read {

        record Fits(GenericRecord event) implements Read {}

        record Faulty(List<String> faults) implements Read {}
    }

    static Read read(Schema schema, JsonNode json, String name) {
        JsonEvents reader = new JsonEvents();
        Optional<Object> value = reader.value(schema, json, name);
        return reader.faults.isEmpty()
                ? new Read.Fits((GenericRecord) value.orElseThrow())
                : new Read.Faulty(List.copyOf(reader.faults));
    }

    /** Empty for null, and for what does not fit: then there is a fault. */
    private Optional<Object> value(Schema schema, JsonNode json, String path) {
        return switch (schema.getType()) {
            case RECORD -> json.isObject() ? object(schema, json, path) : no(schema, json, path);
            case ARRAY -> json.isArray() ? array(schema, json, path) : no(schema, json, path);
            case MAP -> json.isObject() ? map(schema, json, path) : no(schema, json, path);
            case UNION -> union(schema, json, path);
            case ENUM ->
                    json.isTextual() && schema.hasEnumSymbol(json.textValue())
                            ? Optional.of(new GenericData.EnumSymbol(schema, json.textValue()))
                            : no(schema, json, path);
            case STRING ->
                    json.isTextual() ? Optional.of(json.textValue()) : no(schema, json, path);
            case BOOLEAN ->
                    json.isBoolean() ? Optional.of(json.booleanValue()) : no(schema, json, path);
            case INT, LONG -> integer(schema, json, path);
            case FLOAT -> json.isNumber() ? Optional.of(json.floatValue()) : no(schema, json, path);
            case DOUBLE ->
                    json.isNumber() ? Optional.of(json.doubleValue()) : no(schema, json, path);
            case BYTES, FIXED -> bytes(schema, json, path);
            case NULL -> json.isNull() ? Optional.empty() : no(schema, json, path);
        };
    }

    private Optional<Object> object(Schema schema, JsonNode json, String path) {
        json.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (schema.getField(name) == null) {
                                faults.add(path + "." + name + ": Expected no such field");
                            }
                        });
        int before = faults.size();
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        for (Schema.Field field : schema.getFields()) {
            String at = path + "." + field.name();
            JsonNode given = json.get(field.name());
            if (given != null) {
                Optional<Object> value = value(field.schema(), given, at);
                if (faults.size() == before) {
                    record.set(field, value.orElse(null));
                }
            } else if (!field.hasDefaultValue()) {
                if (field.schema().isNullable()) {
                    record.set(field, null);
                } else {
                    faults.add(at + ": Expected a value but there is none");
                }
            }
        }
        return faults.size() > before ? Optional.empty() : Optional.of(record.build());
    }

    private Optional<Object> array(Schema schema, JsonNode json, String path) {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            Schema type = schema.getElementType();
            items.add(value(type, json.get(i), path + "[" + i + "]").orElse(null));
        }
        return Optional.of(new GenericData.Array<>(schema, items));
    }

    private Optional<Object> map(Schema schema, JsonNode json, String path) {
        Map<String, @Nullable Object> entries = new HashMap<>();
        json.properties()
                .forEach(
                        entry -> {
                            String at = path + "." + entry.getKey();
                            Schema type = schema.getValueType();
                            entries.put(
                                    entry.getKey(), value(type, entry.getValue(), at).orElse(null));
                        });
        return Optional.of(entries);
    }

    private Optional<Object> union(Schema schema, JsonNode json, String path) {
        if (json.isNull() && schema.isNullable()) {
            return Optional.empty();
        }
        List<String> tried = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
            JsonEvents attempt = new JsonEvents();
            Optional<Object> value = attempt.value(branch, json, path);
            if (attempt.faults.isEmpty()) {
                return value;
            }
            if (branch.getType() != Schema.Type.NULL) {
                tried.addAll(attempt.faults);
            }
        }
        faults.addAll(tried);
        return Optional.empty();
    }

    private Optional<Object> integer(Schema schema, JsonNode json, String path) {
        boolean small = schema.getType() == Schema.Type.INT;
        if (json.isIntegralNumber() && (small ? json.canConvertToInt() : json.canConvertToLong())) {
            return Optional.of(small ? (Object) json.intValue() : (Object) json.longValue());
        }
        if (!json.isTextual() || schema.getLogicalType() == null) {
            return no(schema, json, path);
        }
        try {
            return switch (schema.getLogicalType().getName()) {
                case "timestamp-millis" ->
                        Optional.of(Instant.parse(json.textValue()).toEpochMilli());
                case "timestamp-micros" ->
                        Optional.of(
                                ChronoUnit.MICROS.between(
                                        Instant.EPOCH, Instant.parse(json.textValue())));
                case "date" -> Optional.of((int) LocalDate.parse(json.textValue()).toEpochDay());
                default -> no(schema, json, path);
            };
        } catch (DateTimeException | ArithmeticException bad) {
            return no(schema, json, path);
        }
    }

    private Optional<Object> bytes(Schema schema, JsonNode json, String path) {
        LogicalType logical = schema.getLogicalType();
        try {
            byte[] value;
            if (logical instanceof LogicalTypes.Decimal decimal) {
                BigDecimal number = new BigDecimal(json.asText()).setScale(decimal.getScale());
                if (number.precision() > decimal.getPrecision()) {
                    return no(schema, json, path);
                }
                value = number.unscaledValue().toByteArray();
            } else if (json.isTextual()) {
                value = Base64.getDecoder().decode(json.textValue());
            } else {
                return no(schema, json, path);
            }
            return schema.getType() == Schema.Type.BYTES
                    ? Optional.of(ByteBuffer.wrap(value))
                    : fixed(schema, value, logical != null, json, path);
        } catch (IllegalArgumentException | ArithmeticException bad) {
            return no(schema, json, path);
        }
    }

    private Optional<Object> fixed(
            Schema schema, byte[] value, boolean number, JsonNode json, String path) {
        int size = schema.getFixedSize();
        if (value.length > size || value.length < size && !number) {
            return no(schema, json, path);
        }
        byte[] filled = new byte[size];
        Arrays.fill(filled, (byte) (value[0] < 0 ? -1 : 0));
        System.arraycopy(value, 0, filled, size - value.length, value.length);
        return Optional.of(new GenericData.Fixed(schema, filled));
    }

    private Optional<Object> no(Schema schema, JsonNode json, String path) {
        faults.add(path + ": Expected " + words(schema) + " but got " + json.getNodeType());
        return Optional.empty();
    }

    private static String words(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return "a decimal of at most %d digits, %d of them after the point"
                    .formatted(decimal.getPrecision(), decimal.getScale());
        }
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType().getName();
        }
        return schema.getType() == Schema.Type.ENUM
                ? "one of " + schema.getEnumSymbols()
                : schema.getType().getName();
    }
}
