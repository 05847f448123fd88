package io.clew.benchmark;

import io.clew.platform.JvmProfile;
import io.clew.platform.KafkaBroker;
import io.clew.platform.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** The broker that both systems run on, one after the other. */
final class Cluster implements AutoCloseable {

    /** Partitions of every topic but the inbox. */
    static final int PARTITIONS = 4;

    static final String BROKER_HEAP = "1g";

    private static final String A_SECOND = "1000";

    private final List<KafkaBroker> brokers;

    private Cluster(List<KafkaBroker> brokers) {
        this.brokers = brokers;
    }

    static Cluster start(Path directory, Settings.Durability durability) {
        List<KafkaBroker.Builder> members =
                durability.brokers() == 1
                        ? List.of(KafkaBroker.builder(directory.resolve("kafka")))
                        : KafkaBroker.cluster(directory, durability.brokers());
        var brokers = new ArrayList<KafkaBroker>();
        for (KafkaBroker.Builder member : members) {
            Path log = directory.resolve("logs/kafka-%d.log".formatted(brokers.size() + 1));
            brokers.add(configured(member, durability).log(log).build());
        }
        var cluster = new Cluster(List.copyOf(brokers));
        try {
            cluster.brokers.forEach(KafkaBroker::launch);
            cluster.brokers.forEach(KafkaBroker::awaitReady);
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    static KafkaBroker.Builder configured(
            KafkaBroker.Builder broker, Settings.Durability durability) {
        if (durability.fsync()) {
            broker.property("log.flush.interval.messages", "1");
        }
        return broker.heap(BROKER_HEAP)
                .jvm(JvmProfile.STEADY)
                .property("log.retention.check.interval.ms", A_SECOND)
                .property("log.segment.delete.delay.ms", A_SECOND);
    }

    /** Process ids by name; every name begins with {@code broker}. */
    Map<String, Long> processes() {
        var pids = new TreeMap<String, Long>();
        for (KafkaBroker broker : brokers) {
            pids.put("broker-" + (pids.size() + 1), broker.process().pid());
        }
        return pids;
    }

    String bootstrapServers() {
        return brokers.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Creates topics that keep what they get until {@link #trim}. */
    void create(List<String> names, Map<String, String> settings) {
        Topics.ensure(
                bootstrapServers(),
                names.stream().map(name -> new Topics.Topic(name, PARTITIONS, settings)).toList());
    }

    /** Gives the disk back that windows gone by have filled, where nobody reads any more. */
    void trim(List<String> topics) {
        try (Admin admin = admin()) {
            Map<String, TopicDescription> there =
                    admin.describeTopics(topics).allTopicNames().get();
            Map<TopicPartition, OffsetSpec> ends =
                    there.values().stream()
                            .flatMap(
                                    topic ->
                                            topic.partitions().stream()
                                                    .map(
                                                            one ->
                                                                    new TopicPartition(
                                                                            topic.name(),
                                                                            one.partition())))
                            .collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
            Map<TopicPartition, RecordsToDelete> old =
                    admin.listOffsets(ends).all().get().entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey,
                                            one ->
                                                    RecordsToDelete.beforeOffset(
                                                            one.getValue().offset())));
            admin.deleteRecords(old).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected to trim " + topics + " but could not", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Members of a consumer group. */
    int members(String group) {
        try (Admin admin = admin()) {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .mapToInt(one -> one.members().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected to see " + group + " but could not", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** What the broker's files of some topics take up. */
    double bytes(Predicate<String> topics) {
        try (Admin admin = admin()) {
            Node node = admin.describeCluster().nodes().get().iterator().next();
            return admin
                    .describeLogDirs(List.of(node.id()))
                    .allDescriptions()
                    .get()
                    .values()
                    .stream()
                    .flatMap(disks -> disks.values().stream())
                    .flatMap(disk -> disk.replicaInfos().entrySet().stream())
                    .filter(replica -> topics.test(replica.getKey().topic()))
                    .mapToDouble(replica -> replica.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected to see the broker's files", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    @Override
    public void close() {
        brokers.forEach(KafkaBroker::close);
    }
}
