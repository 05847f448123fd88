package io.clew.language.expression;

import io.clew.saga.MappingException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Makes a record of another one by the names of its fields. */
final class RecordShaper implements Shaper {

    private record Part(Schema.Field field, Shaper shaper, @Nullable Object byDefault) {}

    private final Schema schema;
    private final List<Part> parts = new ArrayList<>();

    RecordShaper(Schema schema) {
        this.schema = schema;
    }

    void add(Schema.Field field, Shaper shaper) {
        Object byDefault =
                field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : null;
        parts.add(new Part(field, shaper, byDefault));
    }

    static Object given(@Nullable Object value) {
        if (value == null) {
            throw new MappingException("Expected a value but there is none");
        }
        return value;
    }

    @Override
    public Object shape(@Nullable Object value) {
        AvroStruct struct = (AvroStruct) given(value);
        GenericData.Record record = new GenericData.Record(schema);
        for (Part part : parts) {
            String name = part.field().name();
            Object shaped =
                    struct.knows(name) ? part.shaper().shape(struct.find(name)) : part.byDefault();
            record.put(part.field().pos(), shaped);
        }
        return record;
    }
}
