package io.clew.coordinator.engine;

import io.clew.saga.SagaId;
import io.clew.saga.SagaShell;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What a partition does by itself, a little in every tick of the wall clock. */
final class Housekeeping implements RowWatcher {
    private static final long BUDGET_MS = 5;
    private static final int BUDGET_ROWS = 5000;
    private static final long PERSIST_EVERY_MS = 60_000;
    private static final long AUDIT_EVERY_MS = 900;

    private final TimerPunctuator timers;
    private final Misrouted misrouted;
    private final HintAudit audit;
    private final QueueDrainer queues;
    private final KeptCensus census;
    private final PauseWaker waker;
    private final TopicTeller topics;
    private long persistedAt;
    private long auditedAt;

    /**
     * @param writing makes the shell that drained inputs go through, given who watches its writes
     */
    Housekeeping(
            StoreRows rows,
            EngineParts parts,
            BrokerClock clock,
            ProcessorContext<?, ?> context,
            ShellMaker writing) {
        int partition = context.taskId().partition();
        this.timers =
                new TimerPunctuator(
                        rows,
                        parts,
                        clock,
                        context::currentSystemTimeMs,
                        () -> parts.progress().offset(partition));
        this.misrouted = new Misrouted(rows, parts);
        this.audit = new HintAudit(rows, this, parts.metrics());
        this.queues = new QueueDrainer(rows, writing.make(this), parts.metrics());
        this.census = new KeptCensus(rows);
        this.waker = new PauseWaker(rows, parts);
        this.topics = new TopicTeller(rows, parts, partition);
        this.persistedAt = context.currentSystemTimeMs();
        this.auditedAt = persistedAt;
    }

    /** Makes the shell; it needs a watcher, and the watcher needs it. */
    @FunctionalInterface
    interface ShellMaker {
        SagaShell<Prepared> make(RowWatcher watcher);
    }

    Misrouted misrouted() {
        return misrouted;
    }

    void tick(long now) {
        timers.run(new Budget(BUDGET_MS, BUDGET_ROWS));
        waker.run(new Budget(BUDGET_MS, BUDGET_ROWS), now);
        topics.run(now);
        misrouted.run(new Budget(BUDGET_MS, BUDGET_ROWS), now);
        queues.run(new Budget(BUDGET_MS, BUDGET_ROWS), now);
        if (now - persistedAt >= PERSIST_EVERY_MS) {
            persistedAt = now;
            timers.persistWatermark();
        }
        if (now - auditedAt >= AUDIT_EVERY_MS) {
            auditedAt = now;
            audit.run();
            census.run();
        }
    }

    /**
     * Whether nothing that it knows of has to be done before {@code span} milliseconds are over.
     */
    boolean restsFor(long span) {
        return timers.restFor(span) && queues.rests() && misrouted.rests() && topics.rests();
    }

    /** What is kept with sagas. */
    PartitionProgress.Kept kept() {
        return census.counted();
    }

    @Override
    public void armed(Instant dueAt) {
        timers.armed(dueAt);
    }

    @Override
    public void disarmed(Instant dueAt, SagaId saga) {
        timers.disarmed(dueAt, saga);
    }

    @Override
    public void queued(SagaId saga) {
        queues.queued(saga);
    }

    @Override
    public void unsent(SagaId saga, String topic) {
        topics.unsent(saga, topic);
    }
}
