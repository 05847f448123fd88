package io.clew.avro;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro values in Confluent's wire frame, with Confluent's configuration keys: generic
 * records, or generated classes with {@code specific.avro.reader=true}.
 *
 * <p>The first value of a schema asks the registry and blocks for as long as {@link RegistryConfig}
 * allows; later ones do not.
 */
public final class ClewAvroDeserializer implements Deserializer<Object> {

    private final @Nullable RegistryClient shared;
    private final Map<Integer, DatumReader<Object>> readers = new ConcurrentHashMap<>();
    private @Nullable Settings settings;

    /** For Kafka, which calls {@link #configure} next and {@link #close} at the end. */
    public ClewAvroDeserializer() {
        this.shared = null;
    }

    /** Uses a client that someone else closes. */
    public ClewAvroDeserializer(RegistryClient client) {
        this.shared = client;
    }

    private record Settings(
            RegistryClient client, boolean specific, boolean logical, TrustedClasses classes) {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        close();
        var keys = new SerdeKeys(configs);
        var specific = keys.flag(SerdeKeys.SPECIFIC_READER, false);
        var logical = keys.flag(SerdeKeys.LOGICAL_TYPES, true);
        var client = shared != null ? shared : new RegistryClient(keys.registryConfig());
        settings = new Settings(client, specific, logical, TrustedClasses.from(keys));
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        var current = settings;
        if (current == null) {
            throw new IllegalStateException("Expected a configured deserializer but it is not");
        }
        var id = AvroFrame.schemaId(data);
        var writer = current.client().schemaById(id);
        var payload = AvroFrame.payload(data);
        if (writer.getType() == Schema.Type.BYTES) {
            var bytes = new byte[payload.remaining()];
            payload.get(bytes);
            return bytes;
        }
        return AvroFrame.decode(payload, reader(id, writer, current));
    }

    @Override
    public void close() {
        if (settings != null && shared == null) {
            settings.client().close();
        }
        settings = null;
        readers.clear();
    }

    private DatumReader<Object> reader(int id, Schema writer, Settings current) {
        var known = readers.get(id);
        if (known != null) {
            return known;
        }
        var reader = newReader(writer, current);
        readers.put(id, reader);
        return reader;
    }

    private static DatumReader<Object> newReader(Schema writer, Settings current) {
        if (current.specific() && writer.getType() == Schema.Type.RECORD) {
            return AvroModels.specificReader(writer, current.classes().recordClass(writer));
        }
        return current.logical()
                ? AvroModels.genericReader(writer, writer)
                : AvroModels.plainReader(writer, writer);
    }
}
