package io.clew.avro;

import org.jspecify.annotations.Nullable;

/** The registry answered, and it has no such Avro schema. */
public final class SchemaNotFoundException extends RegistryException {

    private static final long serialVersionUID = 1L;

    SchemaNotFoundException(String message) {
        this(message, null);
    }

    SchemaNotFoundException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
