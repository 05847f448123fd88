package io.clew.coordinator.ingress;

import io.clew.saga.Arrival;
import io.clew.saga.PauseRequest;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Port: where starts, interventions and dead letters go. A write that cannot be done fails its
 * stage with a {@link org.apache.kafka.common.KafkaException}.
 */
public interface InboxSink {

    /** Puts a start on the inbox. */
    CompletionStage<RecordMetadata> start(SagaId saga, SagaInput.Trigger trigger);

    /** Puts an event that may be awaited, or a signal, on the inbox. */
    CompletionStage<RecordMetadata> arrive(SagaId saga, Arrival arrival);

    /** Puts an operator's input on the inbox. */
    CompletionStage<RecordMetadata> intervene(SagaId saga, SagaInput.Intervention intervention);

    /** Puts a request to pause or resume into every partition of the inbox. */
    CompletionStage<List<RecordMetadata>> pause(PauseRequest request);

    /** Keeps a business event that cannot start what it should. */
    CompletionStage<RecordMetadata> deadLetter(
            ConsumerRecord<byte[], byte[]> event, String code, String reason);

    /** Keeps where an event stands, and all of it but its value, which may be too large. */
    default CompletionStage<RecordMetadata> deadLetterWithoutValue(
            ConsumerRecord<byte[], byte[]> event, String code, String reason) {
        ConsumerRecord<byte[], byte[]> bare =
                new ConsumerRecord<>(
                        event.topic(),
                        event.partition(),
                        event.offset(),
                        event.timestamp(),
                        event.timestampType(),
                        event.serializedKeySize(),
                        0,
                        event.key(),
                        null,
                        event.headers(),
                        event.leaderEpoch());
        return deadLetter(bare, code, reason + "; its value stays on its topic");
    }
}
