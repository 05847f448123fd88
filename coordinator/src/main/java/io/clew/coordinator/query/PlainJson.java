package io.clew.coordinator.query;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * An Avro record as plain JSON, as people write it where events are taken: decimals as numbers,
 * instants and dates as text, unions without the name of their branch, bytes in Base64.
 */
final class PlainJson {

    private PlainJson() {}

    /** Its fields, in their order; logical types are as Java has them. */
    static Map<String, @Nullable Object> of(GenericRecord record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            fields.put(field.name(), value(record.get(field.pos())));
        }
        return fields;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case GenericRecord record -> of(record);
            case Map<?, ?> entries -> map(entries);
            case Iterable<?> items -> list(items);
            case ByteBuffer bytes -> base64(copied(bytes));
            case GenericFixed fixed -> base64(fixed.bytes());
            case Number number -> number;
            case Boolean flag -> flag;
            // Text and what is written as text: enums, instants, dates, UUIDs.
            case Object other -> other.toString();
        };
    }

    private static List<@Nullable Object> list(Iterable<?> items) {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(it -> list.add(value(it)));
        return list;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> entries) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        entries.forEach((key, it) -> map.put(key.toString(), value(it)));
        return map;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] copied(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
