package io.clew.coordinator.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how long a partition's rows took to come back from the changelog, and counts them. What
 * standbys copy is not in it: nobody waits for that.
 */
final class Restores implements StateRestoreListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(Restores.class);

    private final EngineMetrics metrics;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Long> begun = new HashMap<>();
    private long busySince;

    Restores(EngineMetrics metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void onRestoreStart(
            TopicPartition partition, String store, long start, long end) {
        long now = nanoTime.getAsLong();
        if (begun.isEmpty()) {
            busySince = now;
        }
        begun.put(partition, now);
        metrics.restoring.set(begun.size());
    }

    @Override
    public synchronized void onBatchRestored(
            TopicPartition partition, String store, long batchEnd, long restored) {
        metrics.restoredRows.add(restored);
        addBusyTime(nanoTime.getAsLong());
    }

    @Override
    public synchronized void onRestoreEnd(TopicPartition partition, String store, long restored) {
        over(partition, restored, "has its rows back");
    }

    @Override
    public synchronized void onRestoreSuspended(
            TopicPartition partition, String store, long restored) {
        over(partition, restored, "went elsewhere before it had all rows back");
    }

    /** Most restarts find everything on their disk: a line for each would say nothing. */
    private void over(TopicPartition partition, long restored, String what) {
        Long since = begun.remove(partition);
        if (since == null) {
            return;
        }
        long now = nanoTime.getAsLong();
        addBusyTime(now);
        metrics.restoring.set(begun.size());
        if (restored > 0) {
            LOGGER.info(
                    "Partition {} {}: {} from the changelog in {} ms",
                    partition.partition(),
                    what,
                    restored,
                    TimeUnit.NANOSECONDS.toMillis(now - since));
        }
    }

    /** Time in which at least one partition was being restored; partitions share it. */
    private void addBusyTime(long now) {
        metrics.restoringNanos.add(now - busySince);
        busySince = now;
    }
}
