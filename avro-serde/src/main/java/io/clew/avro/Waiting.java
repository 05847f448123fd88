package io.clew.avro;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for a load and throws what the load threw. */
final class Waiting {

    private Waiting() {}

    /** Every load ends by itself within the limits of {@link RegistryConfig}. */
    static <V> V forResult(CompletableFuture<V> load) {
        try {
            return load.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
