package io.clew.coordinator.engine;

import io.clew.saga.ChildSagas;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the engine's own topics where they are missing, if it is told to.
 *
 * @param admin tells the broker
 * @param settings names them
 */
record TopicMaker(Admin admin, EngineSettings settings) {
    private static final long LIMIT_SECONDS = 15;
    private static final int CHILD_PARTITIONS = 8;

    void make() throws ExecutionException, InterruptedException, TimeoutException {
        if (!settings.createTopics()) {
            return;
        }
        EngineTopics topics = settings.topics();
        Map<String, KafkaFuture<Void>> made =
                admin.createTopics(
                                List.of(
                                        inbox(topics.inbox()),
                                        forEver(topics.events(), 8),
                                        forEver(topics.archive(), 8),
                                        forEver(topics.deadLetters(), 4),
                                        childCommands()))
                        .values();
        for (KafkaFuture<Void> each : made.values()) {
            await(each);
        }
    }

    private static void await(KafkaFuture<Void> made)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            made.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
    }

    private NewTopic inbox(String name) {
        return new NewTopic(name, settings.inboxPartitions(), settings.replication())
                .configs(
                        Map.of(
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                "LogAppendTime",
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(settings.minInboxRetention().toMillis())));
    }

    /** Commands to children live as long as others', and what is not out within that is lost. */
    private NewTopic childCommands() {
        return new NewTopic(ChildSagas.TOPIC, CHILD_PARTITIONS, settings.replication())
                .configs(
                        Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(settings.minInboxRetention().toMillis())));
    }

    private NewTopic forEver(String name, int partitions) {
        return new NewTopic(name, partitions, settings.replication())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    }
}
