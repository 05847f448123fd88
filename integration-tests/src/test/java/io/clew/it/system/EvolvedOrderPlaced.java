package io.clew.it.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clew.order.OrderPlaced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** A later schema of {@code OrderPlaced}, one optional field longer, as a newer service has it. */
public final class EvolvedOrderPlaced {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte MAGIC = 0;
    private static final byte NULL_BRANCH = 0;

    private final int schemaId;

    private EvolvedOrderPlaced(int schemaId) {
        this.schemaId = schemaId;
    }

    /** Registers the schema; {@code field} names the field that is new. */
    public static EvolvedOrderPlaced register(Rest registry, String field) {
        try {
            ObjectNode schema = (ObjectNode) JSON.readTree(text());
            ObjectNode added = ((ArrayNode) schema.get("fields")).addObject();
            added.put("name", field);
            added.putArray("type").add("null").add("string");
            added.putNull("default");
            String body = JSON.writeValueAsString(Map.of("schema", schema.toString()));
            String subject = "order.events-" + OrderPlaced.class.getName();
            Rest.Answer answer = registry.post("/subjects/" + subject + "/versions", body);
            return new EvolvedOrderPlaced(answer.body().path("id").asInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What readers of other languages register: without Java's own hint. */
    private static String text() {
        return OrderPlaced.getClassSchema()
                .toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");
    }

    /** The event with the new field left out, framed. */
    public byte[] frame(PlacedOrder order) {
        try {
            ByteBuffer avro = order.event().toByteBuffer();
            avro.position(avro.position() + 10); // single-object marker and fingerprint
            return ByteBuffer.allocate(6 + avro.remaining())
                    .put(MAGIC)
                    .putInt(schemaId)
                    .put(avro)
                    .put(NULL_BRANCH)
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
