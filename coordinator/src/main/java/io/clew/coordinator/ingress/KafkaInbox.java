package io.clew.coordinator.ingress;

import io.clew.coordinator.wire.ArrivalWriter;
import io.clew.coordinator.wire.DeadLetters;
import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.InterventionWriter;
import io.clew.coordinator.wire.OutRecord;
import io.clew.coordinator.wire.PauseWriter;
import io.clew.coordinator.wire.TriggerWriter;
import io.clew.saga.Arrival;
import io.clew.saga.Bytes;
import io.clew.saga.Effect;
import io.clew.saga.PauseRequest;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;

/** The inbox and the dead letters on a real broker, through an idempotent producer. */
public final class KafkaInbox implements InboxSink {

    private final Producer<byte[], byte[]> producer;
    private final Inbox inbox;
    private final String deadLetterTopic;
    private final InstantSource clock;
    private final LongAdder started = new LongAdder();
    private final LongAdder refused = new LongAdder();

    public KafkaInbox(
            Producer<byte[], byte[]> producer,
            Inbox inbox,
            String deadLetterTopic,
            InstantSource clock) {
        this.producer = producer;
        this.inbox = inbox;
        this.deadLetterTopic = deadLetterTopic;
        this.clock = clock;
    }

    @Override
    public CompletionStage<RecordMetadata> start(SagaId saga, SagaInput.Trigger trigger) {
        started.increment();
        return send(TriggerWriter.write(inbox, saga, trigger));
    }

    @Override
    public CompletionStage<RecordMetadata> arrive(SagaId saga, Arrival arrival) {
        return send(ArrivalWriter.write(inbox, saga, arrival));
    }

    @Override
    public CompletionStage<RecordMetadata> intervene(
            SagaId saga, SagaInput.Intervention intervention) {
        return send(InterventionWriter.write(inbox, saga, intervention));
    }

    @Override
    public CompletionStage<List<RecordMetadata>> pause(PauseRequest request) {
        List<CompletableFuture<RecordMetadata>> sent =
                PauseWriter.write(inbox, request).stream()
                        .map(record -> send(record).toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .thenApply(all -> sent.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public CompletionStage<RecordMetadata> deadLetter(
            ConsumerRecord<byte[], byte[]> event, String code, String reason) {
        refused.increment();
        Instant now = clock.instant();
        OutRecord out =
                new DeadLetters(deadLetterTopic, event.topic())
                        .write(event.key(), new Effect.DeadLetter(raw(event), code, reason), now);
        return send(
                new ProducerRecord<>(
                        out.topic(),
                        null,
                        now.toEpochMilli(),
                        out.key(),
                        out.value(),
                        out.headers()));
    }

    /** Starts put on the inbox since this instance began. */
    public long started() {
        return started.sum();
    }

    /** Events dead-lettered since this instance began. */
    public long refused() {
        return refused.sum();
    }

    private CompletionStage<RecordMetadata> send(ProducerRecord<byte[], byte[]> out) {
        CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
        try {
            // The callback says all that the future would.
            var unused =
                    producer.send(
                            out,
                            (metadata, failure) -> {
                                if (failure == null) {
                                    acknowledged.complete(metadata);
                                } else {
                                    acknowledged.completeExceptionally(failure);
                                }
                            });
        } catch (KafkaException failure) {
            acknowledged.completeExceptionally(failure);
        }
        return acknowledged;
    }

    private static RawInput raw(ConsumerRecord<byte[], byte[]> event) {
        List<RawInput.Header> headers = new ArrayList<>();
        for (Header header : event.headers()) {
            byte[] value = header.value() == null ? new byte[0] : header.value();
            headers.add(new RawInput.Header(header.key(), Bytes.wrap(value)));
        }
        return new RawInput(
                event.key() == null ? "" : new String(event.key(), StandardCharsets.UTF_8),
                new Position("", event.partition(), event.offset()),
                Instant.ofEpochMilli(event.timestamp()),
                Optional.ofNullable(event.value()).map(Bytes::wrap),
                headers);
    }
}
