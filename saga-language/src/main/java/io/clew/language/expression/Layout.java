package io.clew.language.expression;

import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** Where the fields of a record are, and how each becomes a value of an expression. */
final class Layout {

    /** Turns an Avro value that is not null into a value of an expression. */
    @FunctionalInterface
    interface Reading {
        Object read(Object avro);
    }

    /** One field of a record. */
    record Slot(int position, Reading reading) {}

    private final Schema schema;
    private final Map<String, Slot> slots = new HashMap<>();

    private Layout(Schema schema) {
        this.schema = schema;
    }

    static Layout of(Schema schema) {
        return of(schema, new HashMap<>());
    }

    Schema schema() {
        return schema;
    }

    boolean has(String field) {
        return slots.containsKey(field);
    }

    Optional<Object> find(IndexedRecord record, String field) {
        Slot slot = slots.get(field);
        if (slot == null) {
            return Optional.empty();
        }
        Object avro = record.get(slot.position());
        return avro == null ? Optional.empty() : Optional.of(slot.reading().read(avro));
    }

    private static Layout of(Schema schema, Map<Schema, Layout> known) {
        Layout before = known.get(schema);
        if (before != null) {
            return before;
        }
        Layout layout = new Layout(schema);
        known.put(schema, layout);
        for (Schema.Field field : schema.getFields()) {
            Reading reading = reading(Kind.present(field.schema()), known);
            layout.slots.put(field.name(), new Slot(field.pos(), reading));
        }
        return layout;
    }

    private static Reading reading(Schema schema, Map<Schema, Layout> known) {
        return switch (Kind.of(schema)) {
            case BOOLEAN, LONG, DOUBLE -> avro -> avro;
            case INT -> avro -> ((Integer) avro).longValue();
            case FLOAT -> avro -> ((Float) avro).doubleValue();
            case STRING, UUID, ENUM -> Object::toString;
            case BYTES, FIXED -> avro -> CelByteString.of(bytes(avro));
            case DECIMAL -> {
                int scale = Kind.scale(schema);
                yield avro -> new Decimal(new BigDecimal(new BigInteger(bytes(avro)), scale));
            }
            case DATE -> avro -> LocalDate.ofEpochDay((Integer) avro);
            case TIMESTAMP -> timestamp(Kind.secondDigits(schema));
            case RECORD -> {
                Layout layout = of(schema, known);
                yield avro -> new AvroStruct(layout, (IndexedRecord) avro);
            }
            case ARRAY -> list(element(schema.getElementType(), known));
            case MAP -> map(element(schema.getValueType(), known));
            case UNSUPPORTED -> avro -> avro;
        };
    }

    /** An element has no field to be absent from, so a null one becomes an empty optional. */
    private static Reading element(Schema schema, Map<Schema, Layout> known) {
        Reading present = reading(Kind.present(schema), known);
        return Kind.nullable(schema)
                ? avro -> Optional.ofNullable(avro).map(present::read)
                : present;
    }

    private static Reading list(Reading element) {
        return avro -> {
            List<?> items = (List<?>) avro;
            List<Object> read = new ArrayList<>(items.size());
            for (Object item : items) {
                read.add(element.read(item));
            }
            return Collections.unmodifiableList(read);
        };
    }

    /** Sorted: an expression that walks over a map must see one order for ever. */
    private static Reading map(Reading value) {
        return avro -> {
            Map<String, Object> read = new TreeMap<>();
            ((Map<?, ?>) avro).forEach((key, item) -> read.put(key.toString(), value.read(item)));
            return Collections.unmodifiableMap(read);
        };
    }

    private static Reading timestamp(int digits) {
        return switch (digits) {
            case 3 -> avro -> Instant.ofEpochMilli((Long) avro);
            case 6 -> avro -> split((Long) avro, 1_000_000, 1_000);
            default -> avro -> split((Long) avro, 1_000_000_000, 1);
        };
    }

    private static Instant split(long value, long perSecond, long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanos);
    }

    private static byte[] bytes(Object avro) {
        if (avro instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = ((ByteBuffer) avro).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
