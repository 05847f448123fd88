package io.clew.coordinator.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches for partitions of the inbox that a foreign producer holds back with an open transaction:
 * nothing behind it can be read, so all their sagas stand still.
 */
final class OpenTransactions implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenTransactions.class);
    private static final long EVERY_MS = 1000;
    private static final long LIMIT_MS = 3000;

    private final Admin admin;
    private final EngineSettings settings;
    private final Map<TopicPartition, Held> held = new HashMap<>();
    private volatile Set<Integer> frozen = Set.of();
    private final ScheduledExecutorService watcher =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "clew-open-transactions");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** The last stable offset of a partition that has records behind it, and since when. */
    private record Held(long stable, long sinceNanos) {}

    OpenTransactions(Admin admin, EngineSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    void start() {
        var unused =
                watcher.scheduleWithFixedDelay(
                        this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** Partitions nothing can be read from for seconds. */
    Set<Integer> frozen() {
        return frozen;
    }

    private void look() {
        try {
            note(ends(IsolationLevel.READ_COMMITTED), ends(IsolationLevel.READ_UNCOMMITTED));
        } catch (ExecutionException | TimeoutException | RuntimeException away) {
            LOGGER.debug("Expected the ends of the inbox", away);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(
            Map<TopicPartition, ListOffsetsResultInfo> stable,
            Map<TopicPartition, ListOffsetsResultInfo> ends) {
        long now = System.nanoTime();
        Set<Integer> found = new TreeSet<>();
        stable.forEach(
                (partition, info) -> {
                    ListOffsetsResultInfo end = ends.get(partition);
                    if (end == null || info.offset() >= end.offset()) {
                        held.remove(partition);
                        return;
                    }
                    Held before = held.get(partition);
                    if (before == null || before.stable() != info.offset()) {
                        held.put(partition, new Held(info.offset(), now));
                    } else if (now - before.sinceNanos() >= LIMIT_MS * 1_000_000) {
                        found.add(partition.partition());
                    }
                });
        if (!found.equals(frozen) && !found.isEmpty()) {
            LOGGER.error(
                    "Expected only finished records on {} but a transaction of a foreign producer"
                            + " is open on partitions {}",
                    settings.topics().inbox(),
                    found);
        }
        frozen = Set.copyOf(found);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        for (int partition = 0; partition < settings.inboxPartitions(); partition++) {
            ask.put(new TopicPartition(settings.topics().inbox(), partition), OffsetSpec.latest());
        }
        return admin.listOffsets(ask, new ListOffsetsOptions(isolation))
                .all()
                .get(LIMIT_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
