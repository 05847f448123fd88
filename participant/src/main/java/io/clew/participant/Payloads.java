package io.clew.participant;

import io.clew.avro.RegistryUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Records to framed bytes and back. Tells a registry that is away from bytes that are bad, because
 * the one is waited for and the other never gets better.
 */
public final class Payloads implements AutoCloseable {
    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;

    private Payloads(Serializer<Object> serializer, Deserializer<Object> deserializer) {
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /**
     * Takes {@code value.serializer} and {@code value.deserializer} from the configuration, so that
     * any serializer of the Confluent frame will do.
     */
    @SuppressWarnings("unchecked") // The configuration names a class; its type cannot be checked.
    public static Payloads configured(Map<String, ?> config) {
        var serializer = instance(config, "value.serializer", Serializer.class);
        var deserializer = instance(config, "value.deserializer", Deserializer.class);
        serializer.configure(config, false);
        deserializer.configure(config, false);
        return new Payloads(serializer, deserializer);
    }

    private static <T> T instance(Map<String, ?> config, String key, Class<T> type) {
        var className = config.get(key);
        if (className == null) {
            throw new IllegalArgumentException("Expected " + key + " but found none");
        }
        try {
            return Utils.newInstance(className.toString(), type);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "Expected a class for " + key + " but found " + className, e);
        }
    }

    /** The framed bytes of a record; its schema is that of the topic's subject. */
    public byte[] encode(String topic, GenericContainer record) {
        try {
            return serializer.serialize(topic, record);
        } catch (RuntimeException e) {
            throw unavailable(e) ? new UnavailableException("schema registry", e) : e;
        }
    }

    /** The record in framed bytes; throws {@link IllegalArgumentException} if there is none. */
    public GenericContainer decode(String topic, byte[] bytes) {
        try {
            if (deserializer.deserialize(topic, bytes) instanceof GenericContainer record) {
                return record;
            }
        } catch (RuntimeException e) {
            if (unavailable(e)) {
                throw new UnavailableException("schema registry", e);
            }
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        throw new IllegalArgumentException("Expected an Avro record but found something else");
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }

    private static boolean unavailable(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // Truncated bytes are an EOFException, which is an IOException, too.
            var away =
                    cause instanceof RegistryUnavailableException
                            || cause instanceof RetriableException
                            || (cause instanceof IOException && !(cause instanceof EOFException));
            if (away) {
                return true;
            }
        }
        return false;
    }
}
