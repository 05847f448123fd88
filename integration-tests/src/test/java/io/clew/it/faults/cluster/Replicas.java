package io.clew.it.faults.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** What an administrator sees of the cluster. */
public final class Replicas implements AutoCloseable {
    private static final String COORDINATOR_GROUP = "clew-coordinator";

    private final Admin admin;
    private final List<String> commandTopics;

    public Replicas(String bootstrap, List<String> commandTopics) {
        this.commandTopics = List.copyOf(commandTopics);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    /** Waits until every replica of every partition is in sync. */
    void awaitInSync(Duration limit) {
        Await.until(
                limit, () -> assertThat(topics().values()).allSatisfy(Replicas::shouldBeInSync));
    }

    /** Waits until so many coordinators own at least so many partitions of the inbox each. */
    void awaitOwners(int count, int partitions, Duration limit) {
        Await.until(limit, () -> assertThat(owners(partitions)).isEqualTo(count));
    }

    private long owners(int partitions) {
        return get(admin.describeConsumerGroups(List.of(COORDINATOR_GROUP)).all()).values().stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> member.assignment().topicPartitions().size() >= partitions)
                .count();
    }

    /** Command partitions written to by the transaction of a coordinator open longest. */
    public long commandPartitionsInOldestTransaction() {
        List<String> open =
                get(
                                admin.listTransactions(
                                                new ListTransactionsOptions()
                                                        .filterStates(
                                                                Set.of(TransactionState.ONGOING)))
                                        .all())
                        .stream()
                        .map(TransactionListing::transactionalId)
                        .filter(id -> id.startsWith(COORDINATOR_GROUP))
                        .toList();
        return get(admin.describeTransactions(open).all()).values().stream()
                .filter(it -> it.transactionStartTimeMs().isPresent())
                .min(Comparator.comparingLong(it -> it.transactionStartTimeMs().getAsLong()))
                .map(this::commandPartitions)
                .orElse(0L);
    }

    private long commandPartitions(TransactionDescription transaction) {
        return transaction.topicPartitions().stream()
                .filter(partition -> commandTopics.contains(partition.topic()))
                .count();
    }

    private static void shouldBeInSync(TopicDescription topic) {
        assertThat(topic.partitions())
                .as(topic.name())
                .allSatisfy(it -> assertThat(it.isr()).hasSameSizeAs(it.replicas()));
    }

    private Map<String, TopicDescription> topics() {
        Set<String> names = get(admin.listTopics().names());
        return get(admin.describeTopics(names).allTopicNames());
    }

    /** The coordinator's changelog. */
    public String changelog() {
        return get(admin.listTopics().names()).stream()
                .filter(
                        name ->
                                name.startsWith(COORDINATOR_GROUP + "-")
                                        && name.endsWith("-changelog"))
                .findFirst()
                .orElseThrow();
    }

    /** From now on records of this topic tell when they were written. */
    public void stampWithLogTime(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        ConfigEntry entry = new ConfigEntry("message.timestamp.type", "LogAppendTime");
        get(
                admin.incrementalAlterConfigs(
                                Map.of(
                                        resource,
                                        List.of(
                                                new AlterConfigOp(
                                                        entry, AlterConfigOp.OpType.SET))))
                        .all());
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException notNow) {
            throw new AssertionError(notNow.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
