package io.clew.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** A later schema of a record, one optional field longer, as a newer service has it. */
public final class EvolvedSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAGIC = 0;
    private static final int NULL_BRANCH = 0;

    private final SpecificRecordBase record;
    private final int id;

    private EvolvedSchema(SpecificRecordBase record, int id) {
        this.record = record;
        this.id = id;
    }

    /** Registers the schema for a topic; {@code field} names the field that is new. */
    public static EvolvedSchema register(
            Rest registry, String topic, SpecificRecordBase record, String field) {
        try {
            ObjectNode schema = (ObjectNode) JSON.readTree(text(record));
            ObjectNode added = ((ArrayNode) schema.get("fields")).addObject();
            added.put("name", field);
            added.putArray("type").add("null").add("string");
            added.putNull("default");
            String body = JSON.writeValueAsString(Map.of("schema", schema.toString()));
            String subject = topic + "-" + record.getSchema().getFullName();
            Rest.Answer answer = registry.post("/subjects/" + subject + "/versions", body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return new EvolvedSchema(record, answer.body().path("id").asInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What readers of other languages register: without Java's own hint. */
    private static String text(SpecificRecordBase record) {
        return record.getSchema()
                .toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");
    }

    /** The record with the new field left out, framed. */
    public byte[] frame() {
        ByteArrayOutputStream framed = frame(id, record);
        framed.write(NULL_BRANCH);
        return framed.toByteArray();
    }

    /** A record framed with a schema id that may be anything. */
    public static ByteArrayOutputStream frame(int id, SpecificRecordBase record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream head = new DataOutputStream(bytes);
            head.writeByte(MAGIC);
            head.writeInt(id);
            BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(bytes, null);
            SpecificData model = SpecificData.getForClass(record.getClass());
            new SpecificDatumWriter<SpecificRecordBase>(record.getSchema(), model)
                    .write(record, avro);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
