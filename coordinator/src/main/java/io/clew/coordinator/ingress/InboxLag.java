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
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
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
    private static final int PATIENCE_MS = 5000;

    /** Commits come in steps, every 100 ms: over a shorter time they tell no pace. */
    private static final long LEAST_STRETCH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Many commits: a partition that has not moved for so long while others have is not taken. */
    private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Admin admin;
    private final String group;
    private final String topic;
    private final LongSupplier nanoTime;
    private final Pace pace = new Pace(LEAST_STRETCH_NANOS);
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicLong askedNanos;
    private final Map<TopicPartition, Stand> stands = new HashMap<>();
    private volatile Seen seen = new Seen(0, 0, 0, 0);

    /** Where a partition was when it last moved, or had nothing to do. */
    private record Stand(long offset, long sinceNanos) {}

    public InboxLag(Admin admin, String group, String topic, LongSupplier nanoTime) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
        this.nanoTime = nanoTime;
        this.askedNanos = new AtomicLong(nanoTime.getAsLong() - LEAST_PAUSE_NANOS);
    }

    @Override
    public Seen seen() {
        return seen;
    }

    @Override
    public void lookSoon() {
        if (nanoTime.getAsLong() - askedNanos.get() >= LEAST_PAUSE_NANOS) {
            refresh();
        }
    }

    /** Asks the brokers; what was seen last stays if they do not answer. */
    public void refresh() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        askedNanos.set(nanoTime.getAsLong());
        CompletionStage<Void> looked;
        try {
            // The broker's patience, not the future's: one that is given up could end late, as
            // newer.
            looked =
                    admin.listConsumerGroupOffsets(
                                    group,
                                    new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE_MS))
                            .partitionsToOffsetAndMetadata()
                            .toCompletionStage()
                            .thenCompose(this::ends);
        } catch (RuntimeException closed) {
            looked = CompletableFuture.failedFuture(closed);
        }
        // It tells all that matters by itself.
        var unused =
                looked.whenComplete(
                        (done, away) -> {
                            asking.set(false);
                            if (away != null) {
                                LOGGER.debug("Expected the lag of {} but got none", topic, away);
                            }
                        });
    }

    private CompletionStage<Void> ends(Map<TopicPartition, OffsetAndMetadata> committed) {
        long now = nanoTime.getAsLong();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        committed.forEach(
                (partition, offset) -> {
                    if (partition.topic().equals(topic) && offset != null) {
                        asked.put(partition, OffsetSpec.latest());
                    }
                });
        return admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs(PATIENCE_MS))
                .all()
                .toCompletionStage()
                .thenAccept(ends -> note(now, committed, ends));
    }

    private synchronized void note(
            long now,
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, ListOffsetsResultInfo> ends) {
        long all = 0;
        long moving = 0;
        long done = 0;
        boolean noneMoves = true;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
            OffsetAndMetadata offset = committed.get(end.getKey());
            if (offset != null) {
                long lag = Math.max(0, end.getValue().offset() - offset.offset());
                all += lag;
                boolean stands = stands(end.getKey(), offset.offset(), lag, now);
                moving += stands ? 0 : lag;
                noneMoves &= stands;
                done += offset.offset();
            }
        }
        // Where all of them stand their owner is coming back, and all will be waited for.
        seen = new Seen(seen.number() + 1, all, noneMoves ? all : moving, pace.at(now, done));
    }

    private boolean stands(TopicPartition partition, long offset, long lag, long now) {
        Stand last = stands.get(partition);
        if (last == null || last.offset() != offset || lag == 0) {
            stands.put(partition, new Stand(offset, now));
            return false;
        }
        return now - last.sinceNanos() > STANDSTILL_NANOS;
    }
}
