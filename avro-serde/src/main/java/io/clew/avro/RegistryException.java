package io.clew.avro;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry did not give what was asked for.
 *
 * <p>It is a {@link SerializationException}, so that code written against any other Kafka
 * serializer catches it; the three subclasses tell an outage from the registry's definite answers.
 */
public abstract sealed class RegistryException extends SerializationException
        permits RegistryUnavailableException, SchemaNotFoundException, SchemaRefusedException {

    private static final long serialVersionUID = 1L;

    RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
