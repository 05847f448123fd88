package io.clew.platform;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of the platform and of the reference application, with the settings they need. */
public final class Topics {

    /** Partitions of {@code saga.inbox} on a developer's machine and in tests. */
    public static final int LOCAL_INBOX_PARTITIONS = 8;

    private static final Optional<Short> REPLICAS_OF_THE_BROKER = Optional.empty();
    private static final Duration VISIBLE_LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String FOR_EVER = "-1";
    private static final String WEEK = Long.toString(Duration.ofDays(7).toMillis());

    private static final String HALF_A_DAY = Long.toString(Duration.ofHours(12).toMillis());

    private Topics() {}

    /** One topic as it has to be. */
    public record Topic(String name, int partitions, Map<String, String> settings) {

        /** Copies the settings. */
        public Topic {
            settings = Map.copyOf(settings);
        }
    }

    /** Every topic, with the given number of inbox partitions. */
    public static List<Topic> all(int inboxPartitions) {
        return List.of(
                new Topic("saga.inbox", inboxPartitions, deleteAfter(WEEK, "LogAppendTime")),
                new Topic("saga.events", 8, deleteAfter(FOR_EVER, "CreateTime")),
                new Topic("saga.definitions", 1, deleteAfter(FOR_EVER, "CreateTime")),
                new Topic("saga.archive", 8, deleteAfter(FOR_EVER, "CreateTime")),
                new Topic("saga.dead-letters", 4, deleteAfter(FOR_EVER, "CreateTime")),
                new Topic("saga.commands", 8, deleteAfter(WEEK, "CreateTime")),
                events("order.events"),
                commands("order.commands"),
                commands("payment.commands"),
                commands("shipping.commands"));
    }

    /** Creates what is missing; fails with one line if a topic is there with other settings. */
    public static void ensure(String bootstrapServers, int inboxPartitions) {
        ensure(bootstrapServers, all(inboxPartitions));
    }

    /** Creates what is missing; fails with one line if a topic is there with other settings. */
    public static void ensure(String bootstrapServers, List<Topic> topics) {
        var client =
                Map.<String, Object>of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(client)) {
            create(admin, topics);
            verify(admin, topics);
        } catch (ExecutionException e) {
            throw new PlatformException(
                    "Expected to create the topics on %s but: %s"
                            .formatted(bootstrapServers, e.getCause()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while creating the topics", e);
        }
    }

    /** A topic on which a participant reads its commands. */
    public static Topic commands(String name) {
        var settings = new HashMap<>(deleteAfter(WEEK, "CreateTime"));
        // Kafka deletes by segments: a command is gone after both times, of which participants
        // know.
        settings.put("segment.ms", HALF_A_DAY);
        return new Topic(name, 8, settings);
    }

    /** A topic on which a service publishes its events. */
    public static Topic events(String name) {
        return new Topic(name, 8, deleteAfter(FOR_EVER, "CreateTime"));
    }

    private static Map<String, String> deleteAfter(String retentionMs, String timestampType) {
        return Map.of(
                "cleanup.policy", "delete",
                "retention.ms", retentionMs,
                "message.timestamp.type", timestampType);
    }

    private static void create(Admin admin, List<Topic> topics)
            throws ExecutionException, InterruptedException {
        var created =
                admin.createTopics(
                        topics.stream()
                                .map(
                                        topic ->
                                                new NewTopic(
                                                                topic.name(),
                                                                Optional.of(topic.partitions()),
                                                                REPLICAS_OF_THE_BROKER)
                                                        .configs(topic.settings()))
                                .toList());
        for (KafkaFuture<Void> one : created.values().values()) {
            try {
                one.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static void verify(Admin admin, List<Topic> topics)
            throws ExecutionException, InterruptedException {
        Set<String> names = topics.stream().map(Topic::name).collect(Collectors.toSet());
        Map<String, TopicDescription> there = describe(admin, names);
        Map<String, Config> settings = new HashMap<>();
        admin.describeConfigs(names.stream().map(Topics::resource).toList())
                .all()
                .get()
                .forEach((resource, config) -> settings.put(resource.name(), config));
        var faults = new ArrayList<String>();
        for (Topic topic : topics) {
            TopicDescription description = requireNonNull(there.get(topic.name()));
            int partitions = description.partitions().size();
            if (partitions != topic.partitions()) {
                faults.add(fault(topic, "partitions", topic.partitions(), partitions));
            }
            Config config = requireNonNull(settings.get(topic.name()));
            topic.settings()
                    .forEach(
                            (key, wanted) -> {
                                String found = config.get(key).value();
                                if (!wanted.equals(found)) {
                                    faults.add(fault(topic, key, wanted, found));
                                }
                            });
        }
        if (!faults.isEmpty()) {
            throw new PlatformException(String.join("; ", faults));
        }
    }

    /** A topic is made a moment before the broker can describe it. */
    private static Map<String, TopicDescription> describe(Admin admin, Set<String> names)
            throws ExecutionException, InterruptedException {
        long until = System.nanoTime() + VISIBLE_LIMIT.toNanos();
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() > until) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static String fault(Topic topic, String setting, Object wanted, Object found) {
        return "Expected topic %s to have %s %s but it has %s"
                .formatted(topic.name(), setting, wanted, found);
    }
}
