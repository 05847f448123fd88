package io.clew.coordinator.definitions;

import io.clew.avro.AvroFrame;
import io.clew.language.PinnedSchema;
import io.clew.language.SchemaCatalog;
import io.clew.language.WriterSchemas;
import io.clew.saga.MappingException;
import io.clew.saga.NotYetException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

/** A registry in memory, and a saga of one step that parcels start. */
public final class Parcels implements SchemaCatalog, WriterSchemas {

    public static final String TOPIC = "parcel.events";
    public static final int SENT_ID = 11;
    public static final int OTHER_ID = 12;
    public static final int STORE_ID = 13;

    public static final Schema SENT =
            SchemaBuilder.record("io.acme.ParcelSent")
                    .fields()
                    .requiredString("parcelId")
                    .name("weight")
                    .type(LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES)))
                    .noDefault()
                    .optionalString("note")
                    .endRecord();

    private static final Schema OTHER =
            SchemaBuilder.record("io.acme.ParcelSeen").fields().requiredString("at").endRecord();
    private static final Schema STORE =
            SchemaBuilder.record("io.acme.StoreParcel")
                    .fields()
                    .requiredString("parcelId")
                    .endRecord();

    private final Map<Integer, PinnedSchema> schemas = new HashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Set<Integer> away = ConcurrentHashMap.newKeySet();

    public Parcels() {
        register(SENT_ID, TOPIC, SENT);
        register(OTHER_ID, TOPIC, OTHER);
        register(STORE_ID, "depot.commands", STORE);
    }

    /** From now on this is the newest schema of its subject. */
    void register(int id, String topic, Schema schema) {
        schemas.put(id, new PinnedSchema(topic + "-" + schema.getFullName(), id, schema));
    }

    /** From now on this schema is not registered. */
    void forget(int id) {
        schemas.remove(id);
    }

    /** From now on this schema cannot be had. */
    public void lose(int id) {
        away.add(id);
    }

    /** From now on every schema can be had. */
    public void findAgain() {
        away.clear();
    }

    @Override
    public Optional<PinnedSchema> latest(String subject) {
        return schemas.values().stream()
                .filter(it -> it.subject().equals(subject))
                .max(Comparator.comparingInt(PinnedSchema::id));
    }

    @Override
    public Schema byId(int id) {
        if (away.contains(id)) {
            throw new NotYetException("schema " + id + " is away");
        }
        PinnedSchema schema = schemas.get(id);
        if (schema == null) {
            throw new MappingException("there is no schema " + id);
        }
        return schema.schema();
    }

    public DefinitionLanguage language() {
        return new SagaLanguage(this, this);
    }

    /** The text of a definition; {@code retention} makes contents differ. */
    public static String source(String name, int version, String retention) {
        return """
        saga: %s
        version: %d
        startedBy: { topic: parcel.events, event: io.acme.ParcelSent, key: event.parcelId }
        retention: %s
        steps:
          - step: store
            participant: depot
            compensation: none
            action: { command: io.acme.StoreParcel, with: { parcelId: event.parcelId } }
        """
                .formatted(name, version, retention);
    }

    /** An applied definition that listens to partition 0 from an offset. */
    public AppliedDefinition applied(String name, int version, long start) {
        return applied(name, version, start, source(name, version, "7d"));
    }

    /** An applied definition whose step has another name. */
    public AppliedDefinition renamed(String name, int version, String step) {
        String source = source(name, version, "7d");
        return applied(name, version, 0, source.replace("step: store", "step: " + step));
    }

    /** An applied definition whose sagas have another key. */
    public AppliedDefinition keyed(String name, int version, String key) {
        String source = source(name, version, "7d");
        return applied(
                name, version, 0, source.replace("key: event.parcelId", "key: \"" + key + "\""));
    }

    /** One that awaits where the parcel is seen, too; its place is the saga's key. */
    public AppliedDefinition awaiting(String name, int version) {
        String await =
                """
                  - await: seen
                    topic: parcel.events
                    event: io.acme.ParcelSeen
                    key: received.at
                """;
        return applied(name, version, 0, source(name, version, "7d") + await);
    }

    private AppliedDefinition applied(String name, int version, long start, String source) {
        long offset = offsets.computeIfAbsent(name + ":" + version, it -> (long) offsets.size());
        return switch (language().compile(source)) {
            case DefinitionLanguage.Compiled.Accepted it ->
                    new AppliedDefinition(
                            it.definition().definition().ref(),
                            offset,
                            Instant.EPOCH,
                            Optional.empty(),
                            source,
                            Map.of(0, start),
                            Map.of(),
                            it.definition());
            case DefinitionLanguage.Compiled.Refused refused ->
                    throw new AssertionError(refused.faults());
        };
    }

    /** A framed event. */
    public static byte[] sent(String parcelId) {
        GenericData.Record event = new GenericData.Record(SENT);
        event.put("parcelId", parcelId);
        event.put("weight", ByteBuffer.wrap(new BigDecimal("1.50").unscaledValue().toByteArray()));
        return AvroFrame.encode(SENT_ID, SENT, event);
    }

    /** A framed event of another type on the same topic. */
    public static byte[] seen(String at) {
        GenericData.Record event = new GenericData.Record(OTHER);
        event.put("at", at);
        return AvroFrame.encode(OTHER_ID, OTHER, event);
    }
}
