package io.clew.avro;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** A record class as Avro's generator writes it, with a map, a nullable field and logical types. */
public final class Parcel extends SpecificRecordBase {

    private static final long serialVersionUID = 1L;

    /** As the generator has it: strings carry Java's own property. */
    public static final Schema SCHEMA$ =
            new Schema.Parser()
                    .parse(schemaText("{\"type\":\"string\",\"avro.java.string\":\"String\"}"));

    private static final SpecificData MODEL$ = new SpecificData();

    static {
        MODEL$.addLogicalTypeConversion(new Conversions.DecimalConversion());
        MODEL$.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    private String name;
    private Map<String, String> labels;
    private BigDecimal price;
    private Instant sentAt;

    public Parcel() {}

    Parcel(String name, Map<String, String> labels, BigDecimal price, Instant sentAt) {
        this.name = name;
        this.labels = labels;
        this.price = price;
        this.sentAt = sentAt;
    }

    static String schemaText(String string) {
        return """
        {"type":"record","name":"Parcel","namespace":"io.clew.avro","doc":"A parcel.","fields":[\
        {"name":"name","type":%s},\
        {"name":"labels","type":{"type":"map","values":%s%s},"doc":"Free text.","default":{}},\
        {"name":"price","type":["null",\
        {"type":"bytes","logicalType":"decimal","precision":12,"scale":2}],"default":null},\
        {"name":"sentAt","type":{"type":"long","logicalType":"timestamp-millis"}}]}\
        """
                .formatted(
                        string,
                        string,
                        string.contains("avro.java") ? ",\"avro.java.string\":\"String\"" : "");
    }

    @Override
    public SpecificData getSpecificData() {
        return MODEL$;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return switch (field) {
            case 0 -> name;
            case 1 -> labels;
            case 2 -> price;
            case 3 -> sentAt;
            default -> throw new AvroRuntimeException("Bad index " + field);
        };
    }

    @Override
    @SuppressWarnings("unchecked")
    public void put(int field, Object value) {
        switch (field) {
            case 0 -> name = value.toString();
            case 1 -> labels = (Map<String, String>) value;
            case 2 -> price = (BigDecimal) value;
            case 3 -> sentAt = (Instant) value;
            default -> throw new AvroRuntimeException("Bad index " + field);
        }
    }

    @Override
    public Conversion<?> getConversion(int field) {
        return field == 3 ? new TimeConversions.TimestampMillisConversion() : null;
    }
}
