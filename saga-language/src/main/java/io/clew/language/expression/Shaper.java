package io.clew.language.expression;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.clew.saga.MappingException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Makes the value of an expression what Avro's generic writer wants for a schema. */
@FunctionalInterface
public interface Shaper {

    /**
     * The value as Avro has it.
     *
     * @throws MappingException if this value does not fit, which {@link Fit} cannot always foresee
     */
    @Nullable Object shape(@Nullable Object value);

    /** The shaper of a schema. */
    static Shaper of(Schema schema) {
        return of(schema, new HashMap<>());
    }

    private static Shaper of(Schema schema, Map<Schema, RecordShaper> known) {
        Schema wanted = Kind.present(schema);
        Shaper present = present(wanted, known);
        boolean nullable = Kind.nullable(schema);
        return value -> {
            Object given = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (given == null || given instanceof NullValue) {
                if (nullable) {
                    return null;
                }
                throw new MappingException(
                        "Expected " + Describe.of(wanted) + " but there is no value");
            }
            try {
                return present.shape(given);
            } catch (ClassCastException | ArithmeticException e) {
                throw new MappingException(
                        "Expected "
                                + Describe.of(wanted)
                                + " but got another value: "
                                + e.getMessage(),
                        e);
            }
        };
    }

    private static Shaper present(Schema schema, Map<Schema, RecordShaper> known) {
        return switch (Kind.of(schema)) {
            case BOOLEAN, LONG, DOUBLE, STRING -> value -> value;
            case INT -> value -> Math.toIntExact((Long) RecordShaper.given(value));
            case FLOAT -> value -> ((Double) RecordShaper.given(value)).floatValue();
            case UUID -> value -> uuid((String) RecordShaper.given(value));
            case ENUM -> value -> symbol(schema, (String) RecordShaper.given(value));
            case BYTES ->
                    value ->
                            ByteBuffer.wrap(
                                    ((CelByteString) RecordShaper.given(value)).toByteArray());
            case FIXED ->
                    value ->
                            fixed(
                                    schema,
                                    ((CelByteString) RecordShaper.given(value)).toByteArray());
            case DECIMAL -> value -> decimal(schema, RecordShaper.given(value));
            case DATE -> value -> (int) ((LocalDate) RecordShaper.given(value)).toEpochDay();
            case TIMESTAMP -> value -> timestamp(schema, (Instant) RecordShaper.given(value));
            case RECORD -> record(schema, known);
            case ARRAY -> list(of(schema.getElementType(), known));
            case MAP -> map(of(schema.getValueType(), known));
            case UNSUPPORTED ->
                    value -> {
                        throw new MappingException(
                                "Expected a type that can be made but got " + Describe.of(schema));
                    };
        };
    }

    private static Shaper record(Schema schema, Map<Schema, RecordShaper> known) {
        RecordShaper before = known.get(schema);
        if (before != null) {
            return before;
        }
        RecordShaper shaper = new RecordShaper(schema);
        known.put(schema, shaper);
        schema.getFields().forEach(field -> shaper.add(field, of(field.schema(), known)));
        return shaper;
    }

    private static Shaper list(Shaper element) {
        return value -> {
            List<?> items = (List<?>) RecordShaper.given(value);
            List<@Nullable Object> shaped = new ArrayList<>(items.size());
            for (Object item : items) {
                shaped.add(element.shape(item));
            }
            return shaped;
        };
    }

    private static Shaper map(Shaper element) {
        return value -> {
            Map<String, @Nullable Object> shaped = new TreeMap<>();
            ((Map<?, ?>) RecordShaper.given(value))
                    .forEach((key, item) -> shaped.put((String) key, element.shape(item)));
            return shaped;
        };
    }

    private static Object symbol(Schema schema, String symbol) {
        if (!schema.hasEnumSymbol(symbol)) {
            throw new MappingException(
                    "Expected a symbol of " + schema.getFullName() + " but got '" + symbol + "'");
        }
        return new GenericData.EnumSymbol(schema, symbol);
    }

    private static String uuid(String text) {
        try {
            if (java.util.UUID.fromString(text).toString().equalsIgnoreCase(text)) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw new MappingException("Expected a UUID but got '" + text + "'", e);
        }
        throw new MappingException("Expected a UUID but got '" + text + "'");
    }

    private static Object fixed(Schema schema, byte[] bytes) {
        if (bytes.length != schema.getFixedSize()) {
            throw new MappingException(
                    "Expected "
                            + schema.getFixedSize()
                            + " bytes of "
                            + schema.getFullName()
                            + " but got "
                            + bytes.length);
        }
        return new GenericData.Fixed(schema, bytes);
    }

    private static Object decimal(Schema schema, Object value) {
        BigDecimal given =
                value instanceof Decimal decimal
                        ? decimal.value()
                        : BigDecimal.valueOf((Long) value);
        LogicalTypes.Decimal type = (LogicalTypes.Decimal) schema.getLogicalType();
        BigDecimal exact = given.setScale(type.getScale());
        if (exact.precision() > type.getPrecision()) {
            throw new MappingException(
                    "Expected " + Describe.of(schema) + " but got " + given.toPlainString());
        }
        byte[] bytes = exact.unscaledValue().toByteArray();
        return schema.getType() == Schema.Type.FIXED
                ? new GenericData.Fixed(schema, extended(bytes, exact, schema.getFixedSize()))
                : ByteBuffer.wrap(bytes);
    }

    private static byte[] extended(byte[] bytes, BigDecimal number, int size) {
        if (bytes.length > size) {
            throw new MappingException(
                    "Expected a decimal of " + size + " bytes but got " + number);
        }
        byte[] wide = new byte[size];
        Arrays.fill(wide, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, wide, size - bytes.length, bytes.length);
        return wide;
    }

    private static Object timestamp(Schema schema, Instant instant) {
        long nanos = 1_000_000_000 / (long) Math.pow(10, Kind.secondDigits(schema));
        BigInteger whole =
                BigInteger.valueOf(instant.getEpochSecond())
                        .multiply(BigInteger.valueOf(1_000_000_000 / nanos));
        return whole.add(BigInteger.valueOf(instant.getNano() / nanos)).longValueExact();
    }
}
