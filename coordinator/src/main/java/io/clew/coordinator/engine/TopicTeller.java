package io.clew.coordinator.engine;

import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.PauseWriter;
import io.clew.coordinator.wire.TimerWriter;
import io.clew.saga.PauseRequest;
import io.clew.saga.PauseSubject;
import io.clew.saga.Pauses;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.TopicWatch;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a partition which command topics are missing, by records of its inbox. */
final class TopicTeller {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicTeller.class);
    private static final long TELL_AGAIN_MS = 5_000;

    private final StoreRows rows;
    private final Inbox inbox;
    private final int partition;
    private final InboxSender sender;
    private final EngineMetrics metrics;
    private final TopicWatch watch;
    private final Map<Told, Long> toldAt = new HashMap<>();

    private record Told(PauseSubject topic, boolean missing) {}

    TopicTeller(StoreRows rows, EngineParts parts, int partition) {
        this.rows = rows;
        this.inbox = parts.inbox();
        this.partition = partition;
        this.sender = parts.sender();
        this.metrics = parts.metrics();
        this.watch = new TopicWatch(UUID.randomUUID().toString(), parts.topics());
    }

    void unsent(SagaId saga, String topic) {
        watch.unsent(saga, topic);
    }

    /** Whether no topic is missing that a command would go to. */
    boolean rests() {
        return !watch.isBusy(rows.pauses());
    }

    void run(long now) {
        Pauses known = rows.pauses();
        if (!watch.isBusy(known)) {
            return;
        }
        toldAt.values().removeIf(at -> now - at >= TELL_AGAIN_MS);
        for (PauseRequest request : watch.untold(known)) {
            Told told = new Told(request.subject(), request.pause());
            if (toldAt.putIfAbsent(told, now) == null) {
                tell(request);
            }
        }
        watch.told(known).forEach(this::ask);
    }

    private void tell(PauseRequest request) {
        LOGGER.warn("Partition {} is told of {}: {}", partition, request.subject(), request.note());
        sender.send(
                PauseWriter.record(inbox, partition, request), (offset, appendedAt, heardAt) -> {});
    }

    private void ask(TopicWatch.Unsent unsent) {
        metrics.timersSent.increment();
        sender.send(
                TimerWriter.write(
                        inbox, unsent.saga(), new SagaInput.TimerFired(unsent.missingSince())),
                (offset, appendedAt, heardAt) -> {});
    }
}
