package io.clew.avro;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes themselves are wrong: asking again, or asking the registry, cannot help. */
public final class BadFrameException extends SerializationException {

    private static final long serialVersionUID = 1L;

    BadFrameException(String message) {
        super(message);
    }

    BadFrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
