package io.clew.coordinator.engine;

import io.clew.saga.ChildSagas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks at the inbox before anything runs on it. A wrong setting would not fail at once but lose or
 * double work later.
 *
 * @param admin asks the broker
 * @param settings what is expected
 */
record InboxCheck(Admin admin, EngineSettings settings) {
    private static final long LIMIT_SECONDS = 15;

    /**
     * The topic id of the inbox.
     *
     * @throws InboxUnfitException if it is missing, or not fit
     * @throws IllegalStateException if a topic the engine writes to is missing: it may still come
     */
    String topicId() throws ExecutionException, InterruptedException, TimeoutException {
        String inbox = settings.topics().inbox();
        TopicDescription topic = describe(inbox);
        List<String> problems = new ArrayList<>();
        partitions(inbox, topic.partitions().size(), problems);
        config(inbox, problems);
        changelog(problems);
        if (!problems.isEmpty()) {
            throw new InboxUnfitException(
                    "Expected "
                            + inbox
                            + " to be fit for sagas but "
                            + String.join("; ", problems));
        }
        outputs();
        return topic.topicId().toString();
    }

    /** A topic that is missing later would block the stream thread, and every saga with it. */
    private void outputs() throws ExecutionException, InterruptedException, TimeoutException {
        EngineTopics topics = settings.topics();
        List<String> missing =
                new ArrayList<>(
                        List.of(
                                topics.events(),
                                topics.archive(),
                                topics.deadLetters(),
                                ChildSagas.TOPIC));
        missing.removeAll(admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS));
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "Expected the topics "
                            + String.join(", ", missing)
                            + " but there are none; create them, or set clew.topics.create=true");
        }
    }

    private TopicDescription describe(String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new InboxUnfitException(
                        "Expected the topic "
                                + topic
                                + " but there is none; create it with "
                                + (settings.inboxPartitions() + " partitions, ")
                                + "message.timestamp.type=LogAppendTime, cleanup.policy=delete and "
                                + ("retention.ms=" + settings.minInboxRetention().toMillis()));
            }
            throw failed;
        }
    }

    private void partitions(String topic, int found, List<String> problems) {
        if (found != settings.inboxPartitions()) {
            problems.add(
                    topic
                            + " has "
                            + found
                            + " partitions where "
                            + settings.inboxPartitions()
                            + " are configured");
        }
    }

    /** The state of an earlier run has as many partitions as its inbox had. */
    private void changelog(List<String> problems)
            throws ExecutionException, InterruptedException, TimeoutException {
        String changelog = settings.applicationId() + "-" + SagaTopology.STORE + "-changelog";
        boolean present =
                admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS).contains(changelog);
        if (present) {
            partitions(changelog, describe(changelog).partitions().size(), problems);
        }
    }

    private void config(String inbox, List<String> problems)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, inbox);
        Config config =
                admin.describeConfigs(List.of(resource))
                        .values()
                        .values()
                        .iterator()
                        .next()
                        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        expect(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime", problems);
        expect(
                config,
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                problems);
        long retention = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG));
        Duration least = settings.minInboxRetention();
        if (retention >= 0 && retention < least.toMillis()) {
            problems.add("its retention.ms is " + retention + ", less than " + least.toMillis());
        }
    }

    private static void expect(Config config, String name, String expected, List<String> problems) {
        String found = value(config, name);
        if (!found.equals(expected)) {
            problems.add("its " + name + " is " + found + " where it must be " + expected);
        }
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }
}
