package io.clew.coordinator.rest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for the broker to take a record, with a limit. */
final class Acks {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Acks() {}

    static RecordMetadata await(CompletionStage<RecordMetadata> sent) {
        return outcome(sent);
    }

    static List<RecordMetadata> awaitAll(CompletionStage<List<RecordMetadata>> sent) {
        return outcome(sent);
    }

    private static <T> T outcome(CompletionStage<T> sent) {
        try {
            return sent.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException(failed.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("the inbox could not be written within " + PATIENCE, late);
        } catch (InterruptedException stop) {
            throw new InterruptException(stop);
        }
    }
}
