package io.clew.coordinator.query;

import io.clew.coordinator.ingress.InboxSink;
import io.clew.saga.Arrival;
import io.clew.saga.PauseRequest;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** An inbox whose sagas follow what they are told, and so leave the version they ran by. */
final class MigratingInbox implements InboxSink {
    private final MemoryEngine engine;
    private final SagaWatch watch;
    private final Map<SagaId, SagaInput.Intervention> taken = new HashMap<>();
    private final Map<SagaId, Rejection> answers = new HashMap<>();
    private final List<SagaInstance> followed = new ArrayList<>();
    private boolean away;
    private long offset;

    MigratingInbox(MemoryEngine engine, SagaWatch watch) {
        this.engine = engine;
        this.watch = watch;
    }

    /** What each saga was told. */
    Map<SagaId, SagaInput.Intervention> taken() {
        return Map.copyOf(taken);
    }

    /** This saga turns it away. */
    void answers(SagaId saga, Rejection rejection) {
        answers.put(saga, rejection);
    }

    /** This saga was told before, and follows what it was told by now. */
    void hasTold(SagaInstance saga) {
        answers(saga.id(), Rejection.OPERATION_REPEATED);
        followed.add(saga);
    }

    /** From now on nothing can be written. */
    void isAway() {
        away = true;
    }

    @Override
    public CompletionStage<RecordMetadata> intervene(
            SagaId saga, SagaInput.Intervention intervention) {
        if (away) {
            return CompletableFuture.failedFuture(new TimeoutException("no broker"));
        }
        taken.put(saga, intervention);
        Optional<Rejection> rejection = Optional.ofNullable(answers.get(saga));
        if (rejection.isEmpty()) {
            engine.remove(saga);
        }
        followed.stream().filter(it -> it.id().equals(saga)).forEach(engine::put);
        int partition = engine.partition(saga);
        watch.intervened(partition, ++offset, rejection);
        return CompletableFuture.completedFuture(
                new RecordMetadata(
                        new TopicPartition("saga.inbox", partition), offset, 0, 0, 0, 0));
    }

    @Override
    public CompletionStage<RecordMetadata> start(SagaId saga, SagaInput.Trigger trigger) {
        throw new AssertionError("a start of " + saga);
    }

    @Override
    public CompletionStage<RecordMetadata> arrive(SagaId saga, Arrival arrival) {
        throw new AssertionError("an arrival for " + saga);
    }

    @Override
    public CompletionStage<List<RecordMetadata>> pause(PauseRequest request) {
        throw new AssertionError("a pause: " + request);
    }

    @Override
    public CompletionStage<RecordMetadata> deadLetter(
            ConsumerRecord<byte[], byte[]> event, String code, String reason) {
        throw new AssertionError("a dead letter: " + code);
    }
}
