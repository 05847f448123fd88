package io.clew.coordinator.ingress;

import io.clew.saga.Arrival;
import io.clew.saga.PauseRequest;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Inbox and dead letters in memory; can be away for some writes. */
final class MemoryInbox implements InboxSink {

    private final List<String> started = new CopyOnWriteArrayList<>();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final AtomicInteger failing = new AtomicInteger();

    /** Saga ids in the order of their starts. */
    List<String> started() {
        return List.copyOf(started);
    }

    /** Saga id and arrival id of each awaited event, in order. */
    List<String> arrived() {
        return List.copyOf(arrived);
    }

    /** Code of each dead letter. */
    List<String> letters() {
        return List.copyOf(letters);
    }

    void failNext(int writes) {
        failing.set(writes);
    }

    @Override
    public CompletionStage<RecordMetadata> start(SagaId saga, SagaInput.Trigger trigger) {
        if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return CompletableFuture.failedFuture(new TimeoutException("no broker"));
        }
        started.add(saga.value());
        return done();
    }

    @Override
    public CompletionStage<RecordMetadata> arrive(SagaId saga, Arrival arrival) {
        arrived.add(saga.value() + " " + arrival.id());
        return done();
    }

    @Override
    public CompletionStage<RecordMetadata> intervene(
            SagaId saga, SagaInput.Intervention intervention) {
        return done();
    }

    @Override
    public CompletionStage<List<RecordMetadata>> pause(PauseRequest request) {
        return done().thenApply(List::of);
    }

    @Override
    public CompletionStage<RecordMetadata> deadLetter(
            ConsumerRecord<byte[], byte[]> event, String code, String reason) {
        letters.add(code);
        return done();
    }

    private static CompletionStage<RecordMetadata> done() {
        return CompletableFuture.completedFuture(
                new RecordMetadata(new TopicPartition("saga.inbox", 0), 0, 0, 0, 0, 0));
    }
}
