package io.clew.avro;

import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * {@link ClewAvroSerializer} and {@link ClewAvroDeserializer} under one roof, for Kafka Streams.
 */
public final class ClewAvroSerde implements Serde<Object> {

    private final ClewAvroSerializer serializer;
    private final ClewAvroDeserializer deserializer;

    /** For Kafka, which calls {@link #configure} next and {@link #close} at the end. */
    public ClewAvroSerde() {
        this.serializer = new ClewAvroSerializer();
        this.deserializer = new ClewAvroDeserializer();
    }

    /** Uses a client that someone else closes. */
    public ClewAvroSerde(RegistryClient client) {
        this.serializer = new ClewAvroSerializer(client);
        this.deserializer = new ClewAvroDeserializer(client);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        serializer.configure(configs, isKey);
        deserializer.configure(configs, isKey);
    }

    @Override
    public Serializer<Object> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<Object> deserializer() {
        return deserializer;
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}
