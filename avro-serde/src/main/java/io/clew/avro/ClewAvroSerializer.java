package io.clew.avro;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro values in Confluent's wire frame, with Confluent's configuration keys.
 *
 * <p>The first value of a schema on a topic asks the registry and blocks for as long as {@link
 * RegistryConfig} allows; later ones do not.
 */
public final class ClewAvroSerializer implements Serializer<Object> {

    private static final int MAX_TARGETS = 1000;

    private final @Nullable RegistryClient shared;
    private final Map<Source, Target> targets = new ConcurrentHashMap<>();
    private @Nullable Settings settings;

    /** For Kafka, which calls {@link #configure} next and {@link #close} at the end. */
    public ClewAvroSerializer() {
        this.shared = null;
    }

    /** Uses a client that someone else closes. */
    public ClewAvroSerializer(RegistryClient client) {
        this.shared = client;
    }

    private record Settings(
            RegistryClient client,
            boolean isKey,
            SubjectNameStrategy strategy,
            boolean autoRegister,
            boolean useLatest,
            boolean strict) {}

    private record Source(String topic, Schema schema) {}

    /** How values of one schema are written; {@code convert} if the registered schema differs. */
    private record Target(int id, Schema schema, boolean convert) {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        close();
        var keys = new SerdeKeys(configs);
        var strategy = keys.subjectNameStrategy(isKey);
        var autoRegister = keys.flag(SerdeKeys.AUTO_REGISTER, true);
        var useLatest = keys.flag(SerdeKeys.USE_LATEST_VERSION, false);
        var strict = keys.flag(SerdeKeys.LATEST_STRICT, true);
        var client =
                shared != null
                        ? shared
                        : new RegistryClient(
                                keys.registryConfig(), keys.flag(SerdeKeys.NORMALIZE, false));
        settings = new Settings(client, isKey, strategy, autoRegister, useLatest, strict);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        if (data == null) {
            return null;
        }
        var schema = AvroModels.schemaOf(data);
        var target = target(new Source(topic, schema));
        if (schema.getType() == Schema.Type.BYTES) {
            return AvroFrame.frame(target.id(), bytes(data));
        }
        return target.convert()
                ? converted(target, schema, data)
                : AvroFrame.encode(target.id(), target.schema(), data);
    }

    @Override
    public void close() {
        if (settings != null && shared == null) {
            settings.client().close();
        }
        settings = null;
        targets.clear();
    }

    private Target target(Source source) {
        var known = targets.get(source);
        if (known != null) {
            return known;
        }
        if (targets.size() >= MAX_TARGETS) {
            targets.clear();
        }
        var target = ask(source);
        targets.put(source, target);
        return target;
    }

    private Target ask(Source source) {
        var current = settings;
        if (current == null) {
            throw new IllegalStateException("Expected a configured serializer but it is not");
        }
        var schema = source.schema();
        var subject = current.strategy().subject(source.topic(), current.isKey(), schema);
        if (current.autoRegister()) {
            return new Target(current.client().register(subject, schema), schema, false);
        }
        if (current.useLatest()) {
            return latest(subject, schema, current);
        }
        var found =
                current.client()
                        .lookup(subject, schema)
                        .orElseThrow(() -> notRegistered(subject, schema.getFullName()));
        return new Target(found.id(), schema, false);
    }

    private static Target latest(String subject, Schema schema, Settings settings) {
        var latest =
                settings.client()
                        .latest(subject)
                        .orElseThrow(() -> notRegistered(subject, "the latest version"));
        var asked = SchemaText.of(schema);
        if (asked.equals(SchemaText.of(latest.schema()))) {
            return new Target(latest.id(), schema, false);
        }
        var pair = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema);
        if (settings.strict() && pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException(
                    "Expected version %d of subject %s to be able to read schema %s but: %s"
                            .formatted(
                                    latest.version(),
                                    subject,
                                    schema.getFullName(),
                                    pair.getResult().getIncompatibilities()));
        }
        return new Target(latest.id(), latest.schema(), true);
    }

    private static SchemaNotFoundException notRegistered(String subject, String what) {
        return new SchemaNotFoundException(
                "Expected %s under subject %s but the registry has it not, and %s=false"
                        .formatted(what, subject, SerdeKeys.AUTO_REGISTER));
    }

    private static byte[] converted(Target target, Schema schema, Object data) {
        var own = ByteBuffer.wrap(AvroFrame.encode(schema, data));
        try {
            var value = AvroFrame.decode(own, AvroModels.plainReader(schema, target.schema()));
            return AvroFrame.encode(target.id(), target.schema(), value);
        } catch (BadFrameException e) {
            throw new SerializationException(
                    "Expected a value of schema %s to fit the latest version of its subject but: %s"
                            .formatted(schema.getFullName(), e.getMessage()),
                    e);
        }
    }

    private static byte[] bytes(Object data) {
        if (data instanceof ByteBuffer buffer) {
            var copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
        return (byte[]) data;
    }
}
