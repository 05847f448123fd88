package io.clew.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Avro's readers and writers as Clew uses them: logical types on, strings as strings, maps sorted.
 */
final class AvroModels {

    private static final GenericData LOGICAL = withLogicalTypes(withoutFastReader());
    private static final GenericData PLAIN = withoutFastReader();
    private static final SpecificData WRITING = withLogicalTypes(new SpecificData());

    /**
     * The model of each generated class: without custom coders, which would not sort maps, and
     * without the fast reader, which is dear to make for one value.
     */
    private static final ClassValue<SpecificData> GENERATED =
            new ClassValue<>() {
                @Override
                protected SpecificData computeValue(Class<?> type) {
                    var model = new SpecificData(type.getClassLoader());
                    SpecificData.getForClass(type)
                            .getConversions()
                            .forEach(model::addLogicalTypeConversion);
                    model.setCustomCoders(false);
                    model.setFastReaderEnabled(false);
                    return model;
                }
            };

    private AvroModels() {}

    static DatumWriter<Object> writer(Schema schema, Object value) {
        return new SortedWriter(
                schema,
                value instanceof SpecificRecord ? GENERATED.get(value.getClass()) : WRITING);
    }

    static DatumReader<Object> genericReader(Schema writer, Schema reader) {
        return new StringReader(writer, reader, LOGICAL);
    }

    /** Leaves decimals as bytes and timestamps as numbers. */
    static DatumReader<Object> plainReader(Schema writer, Schema reader) {
        return new StringReader(writer, reader, PLAIN);
    }

    static DatumReader<Object> specificReader(Schema writer, Class<? extends SpecificRecord> type) {
        var model = GENERATED.get(type);
        return new SpecificDatumReader<>(writer, model.getSchema(type), model);
    }

    /** The schema of a value that may be written. */
    static Schema schemaOf(Object value) {
        return switch (value) {
            case GenericContainer container -> container.getSchema();
            case CharSequence text -> Schema.create(Schema.Type.STRING);
            case Integer number -> Schema.create(Schema.Type.INT);
            case Long number -> Schema.create(Schema.Type.LONG);
            case Float number -> Schema.create(Schema.Type.FLOAT);
            case Double number -> Schema.create(Schema.Type.DOUBLE);
            case Boolean flag -> Schema.create(Schema.Type.BOOLEAN);
            case byte[] bytes -> Schema.create(Schema.Type.BYTES);
            case ByteBuffer bytes -> Schema.create(Schema.Type.BYTES);
            default ->
                    throw new SerializationException(
                            "Expected a record, text, number, boolean or bytes but got %s"
                                    .formatted(value.getClass().getName()));
        };
    }

    private static GenericData withoutFastReader() {
        return new GenericData().setFastReaderEnabled(false);
    }

    private static <M extends GenericData> M withLogicalTypes(M model) {
        model.addLogicalTypeConversion(new Conversions.DecimalConversion());
        model.addLogicalTypeConversion(new Conversions.UUIDConversion());
        model.addLogicalTypeConversion(new TimeConversions.DateConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
        model.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        model.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        model.addLogicalTypeConversion(new TimeConversions.LocalTimestampNanosConversion());
        return model;
    }

    private static final class SortedWriter extends SpecificDatumWriter<Object> {

        SortedWriter(Schema schema, SpecificData model) {
            super(schema, model);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
            var sorted = new TreeMap<String, Map.Entry<Object, Object>>();
            for (var entry : ((Map<Object, Object>) map).entrySet()) {
                sorted.put(entry.getKey().toString(), entry);
            }
            return sorted.values();
        }
    }

    /** Makes every string a {@link String}; Avro's fast reader would not ask it. */
    private static final class StringReader extends GenericDatumReader<Object> {

        StringReader(Schema writer, Schema reader, GenericData model) {
            super(writer, reader, model);
        }

        @Override
        protected Object readString(@Nullable Object old, Schema expected, Decoder in)
                throws IOException {
            return in.readString();
        }

        @Override
        protected Object readMapKey(@Nullable Object old, Schema expected, Decoder in)
                throws IOException {
            return in.readString();
        }
    }
}
