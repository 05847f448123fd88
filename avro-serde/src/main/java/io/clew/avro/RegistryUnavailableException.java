package io.clew.avro;

import org.jspecify.annotations.Nullable;

/**
 * The registry gave no definite answer within the retry limit; the same question may work later.
 */
public final class RegistryUnavailableException extends RegistryException {

    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
