package io.clew.coordinator.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics there are, asked for every few seconds and after a miss. A record for a topic that is
 * not there would stop the whole stream thread, so it is kept back. A listing may miss a topic
 * once; one that two in a row miss is gone.
 */
public final class TopicCache implements Predicate<String>, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicCache.class);
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final long AFTER_MISS_MS = 200;

    private final Admin admin;
    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private Set<String> missedOnce = Set.of();
    private final AtomicBoolean missed = new AtomicBoolean();
    private final ScheduledExecutorService refresher =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "clew-topics");
                        thread.setDaemon(true);
                        return thread;
                    });

    public TopicCache(Admin admin) {
        this.admin = admin;
    }

    /** Reads the topics once, and from then on again and again. */
    public void start(Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        topics.addAll(list(limit));
        var unused =
                refresher.scheduleWithFixedDelay(
                        () -> listed(this::replace),
                        EVERY.toMillis(),
                        EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean test(String topic) {
        if (topics.contains(topic)) {
            return true;
        }
        if (missed.compareAndSet(false, true)) {
            var unused =
                    refresher.schedule(
                            () -> listed(topics::addAll), AFTER_MISS_MS, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private Set<String> list(Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        missed.set(false);
        return admin.listTopics().names().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void listed(Consumer<Set<String>> taker) {
        try {
            taker.accept(list(EVERY));
        } catch (ExecutionException | TimeoutException | RuntimeException away) {
            LOGGER.debug("Expected the list of topics but got none", away);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void replace(Set<String> listed) {
        Set<String> missing = new HashSet<>(topics);
        missing.removeAll(listed);
        Set<String> gone = new HashSet<>(missing);
        gone.retainAll(missedOnce);
        if (!gone.isEmpty()) {
            LOGGER.warn("Topics {} are gone; commands for them are kept back", gone);
            topics.removeAll(gone);
        }
        missedOnce = missing;
        topics.addAll(listed);
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }
}
