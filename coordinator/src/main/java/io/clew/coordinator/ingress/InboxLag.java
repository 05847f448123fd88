package io.clew.coordinator.ingress;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records of the inbox the engine's group has not committed, and how fast it commits them;
 * of all instances together. Asked for now and then, without waiting for the answer.
 */
public final class InboxLag implements InboxQueue {

    private static final Logger LOGGER = LoggerFactory.getLogger(InboxLag.class);
    private static final long PATIENCE_SECONDS = 5;

    /** Commits come in steps, every 100 ms: over a shorter time they tell no pace. */
    private static final long LEAST_STRETCH = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * Many commits: a partition that has not moved for so long has no owner that could take more.
     */
    private static final long STANDSTILL = TimeUnit.SECONDS.toNanos(2);

    private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Admin admin;
    private final String group;
    private final String topic;
    private final LongSupplier nanoTime;
    private final Pace pace = new Pace(LEAST_STRETCH);
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicLong askedAt;
    private final Map<TopicPartition, Stand> stands = new HashMap<>();
    private volatile Seen seen = new Seen(0, 0, 0, 0);

    /** Where a partition was when it last moved, or had nothing to do. */
    private record Stand(long offset, long since) {}

    public InboxLag(Admin admin, String group, String topic, LongSupplier nanoTime) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
        this.nanoTime = nanoTime;
        this.askedAt = new AtomicLong(nanoTime.getAsLong() - LEAST_PAUSE);
    }

    @Override
    public Seen seen() {
        return seen;
    }

    @Override
    public void lookSoon() {
        if (nanoTime.getAsLong() - askedAt.get() >= LEAST_PAUSE) {
            refresh();
        }
    }

    /** Asks the brokers; what was seen last stays if they do not answer. */
    public void refresh() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        askedAt.set(nanoTime.getAsLong());
        CompletableFuture<Void> looked;
        try {
            looked =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .toCompletionStage()
                            .thenCompose(this::ends)
                            .toCompletableFuture();
        } catch (RuntimeException closed) {
            looked = CompletableFuture.failedFuture(closed);
        }
        // It tells all that matters by itself.
        var unused =
                looked.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .whenComplete(
                                (done, away) -> {
                                    asking.set(false);
                                    if (away != null) {
                                        LOGGER.debug("Expected the lag of {}", topic, away);
                                    }
                                });
    }

    private CompletionStage<Void> ends(Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        committed.forEach(
                (partition, offset) -> {
                    if (partition.topic().equals(topic) && offset != null) {
                        asked.put(partition, OffsetSpec.latest());
                    }
                });
        return admin.listOffsets(asked)
                .all()
                .toCompletionStage()
                .thenAccept(ends -> note(committed, ends));
    }

    private synchronized void note(
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, ListOffsetsResultInfo> ends) {
        long now = nanoTime.getAsLong();
        long all = 0;
        long moving = 0;
        long done = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
            OffsetAndMetadata offset = committed.get(end.getKey());
            if (offset != null) {
                long lag = Math.max(0, end.getValue().offset() - offset.offset());
                all += lag;
                moving += stands(end.getKey(), offset.offset(), lag, now) ? 0 : lag;
                done += offset.offset();
            }
        }
        seen = new Seen(seen.number() + 1, all, moving, pace.at(now, done));
    }

    private boolean stands(TopicPartition partition, long offset, long lag, long now) {
        Stand last = stands.get(partition);
        if (last == null || last.offset() != offset || lag == 0) {
            stands.put(partition, new Stand(offset, now));
            return false;
        }
        return now - last.since() > STANDSTILL;
    }
}
