package io.clew.coordinator.engine;

import io.clew.saga.ChildSagas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the topics the engine itself lives on. It cannot write without its outputs, and an inbox
 * that was made anew begins at offset 0 again: its records would be taken for old ones.
 */
final class OwnTopics implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OwnTopics.class);
    private static final long EVERY_MS = 1000;
    private static final long LIMIT_MS = 3000;

    private final Admin admin;
    private final EngineTopics topics;
    private final String inboxTopicId;
    private final Runnable changed;
    private Optional<String> madeAnew = Optional.empty();
    private volatile List<String> faults = List.of();
    private final ScheduledExecutorService watcher =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "clew-own-topics");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param inboxTopicId the broker's id of the inbox topic the engine started on
     * @param changed called when {@link #faults} are others than before
     */
    OwnTopics(Admin admin, EngineTopics topics, String inboxTopicId, Runnable changed) {
        this.admin = admin;
        this.topics = topics;
        this.inboxTopicId = inboxTopicId;
        this.changed = changed;
    }

    void start() {
        var unused =
                watcher.scheduleWithFixedDelay(
                        this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** What keeps the engine from processing; empty if nothing does. */
    List<String> faults() {
        return faults;
    }

    private void look() {
        try {
            note(missing());
        } catch (ExecutionException | TimeoutException | RuntimeException away) {
            LOGGER.debug("Expected to see the engine's own topics", away);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(List<String> missing) {
        List<String> now = new ArrayList<>();
        madeAnew.ifPresent(now::add);
        if (!missing.isEmpty()) {
            now.add(
                    "Expected the topics "
                            + String.join(", ", missing)
                            + " but there are none; nothing is processed until they are back");
        }
        if (!now.equals(faults)) {
            now.forEach(LOGGER::error);
            faults = List.copyOf(now);
            changed.run();
        }
    }

    private List<String> missing()
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, KafkaFuture<TopicDescription>> found =
                admin.describeTopics(
                                List.of(
                                        topics.inbox(),
                                        topics.events(),
                                        topics.archive(),
                                        topics.deadLetters(),
                                        ChildSagas.TOPIC))
                        .topicNameValues();
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : found.entrySet()) {
            Optional<TopicDescription> there = await(topic.getValue());
            if (there.isEmpty()) {
                missing.add(topic.getKey());
            } else if (topic.getKey().equals(topics.inbox())) {
                check(there.get().topicId().toString());
            }
        }
        missing.sort(null);
        return missing;
    }

    private static Optional<TopicDescription> await(KafkaFuture<TopicDescription> topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return Optional.of(topic.get(LIMIT_MS, TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** Never undone: some partition may have taken a record of the new topic already. */
    private void check(String topicId) {
        if (!topicId.equals(inboxTopicId)) {
            madeAnew =
                    Optional.of(
                            "Expected the inbox topic with id "
                                    + inboxTopicId
                                    + " but "
                                    + topics.inbox()
                                    + " was made anew with id "
                                    + topicId
                                    + "; nothing is processed until the coordinator is restarted"
                                    + " and the new topic is adopted");
        }
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
