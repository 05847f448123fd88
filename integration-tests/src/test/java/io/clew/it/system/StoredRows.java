package io.clew.it.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.avro.SchemaStatus;
import io.clew.coordinator.definitions.DefinitionCatalog;
import io.clew.coordinator.definitions.RegistrySchemas;
import io.clew.coordinator.definitions.SagaLanguage;
import io.clew.coordinator.engine.EngineInputs;
import io.clew.coordinator.engine.InboxReplay;
import io.clew.coordinator.engine.TransitionListener;
import io.clew.coordinator.wire.TokenKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/**
 * What the coordinator has on its changelog, and the part of the inbox that this comes from:
 * whoever takes that part again, from nothing, must get the same rows to the byte.
 *
 * @param topicId the broker's id of the inbox
 * @param inbox the committed records of each partition that have been processed
 * @param rows what is stored of each partition
 */
public record StoredRows(
        String bootstrap,
        String registryUrl,
        String topicId,
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> inbox,
        Map<Integer, NavigableMap<Bytes, byte[]>> rows) {
    private static final String INBOX = "saga.inbox";
    private static final String CHANGELOG = ClewSystem.COORDINATOR_GROUP + "-state-changelog";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Of each partition as of one instant, with all that is on the inbox by now: between two
     * commits of the coordinator, with none under way.
     */
    public static StoredRows of(ClewSystem clew) {
        Map<TopicPartition, Long> ends = clew.topic().ends("read_committed", List.of(INBOX));
        Map<TopicPartition, Long> taken = new HashMap<>();
        Map<Integer, NavigableMap<Bytes, byte[]>> rows = new TreeMap<>();
        Await.until(
                LIMIT,
                () -> {
                    Map<TopicPartition, Long> before = clew.processed(INBOX);
                    Set<Integer> open = open(clew);
                    var now = rows(clew.topic().readBytes(CHANGELOG), before.size());
                    Map<TopicPartition, Long> after = clew.processed(INBOX);
                    before.forEach(
                            (it, at) -> {
                                boolean still = at.equals(after.get(it)) && at >= ends.get(it);
                                if (still && !open.contains(it.partition())) {
                                    taken.put(it, at);
                                    rows.put(it.partition(), now.get(it.partition()));
                                }
                            });
                    assertThat(taken.keySet()).isEqualTo(ends.keySet());
                });
        return new StoredRows(
                clew.bootstrap(),
                clew.registryUrl(),
                clew.topicId(INBOX),
                inbox(clew.topic().readBytes(INBOX), taken),
                rows);
    }

    /** Partitions with rows on the changelog that are not committed yet. */
    private static Set<Integer> open(ClewSystem clew) {
        List<String> changelog = List.of(CHANGELOG);
        Map<TopicPartition, Long> committed = clew.topic().ends("read_committed", changelog);
        Set<Integer> open = new HashSet<>();
        clew.topic()
                .ends("read_uncommitted", changelog)
                .forEach(
                        (it, end) -> {
                            if (!end.equals(committed.get(it))) {
                                open.add(it.partition());
                            }
                        });
        return open;
    }

    private static Map<Integer, NavigableMap<Bytes, byte[]>> rows(
            List<ConsumerRecord<byte[], byte[]>> changelog, int partitions) {
        Map<Integer, NavigableMap<Bytes, byte[]>> rows = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            rows.put(partition, new TreeMap<>());
        }
        for (ConsumerRecord<byte[], byte[]> record : changelog) {
            Bytes key = Bytes.wrap(record.key());
            NavigableMap<Bytes, byte[]> there = rows.get(record.partition());
            if (record.value() == null) {
                there.remove(key);
            } else if (InboxReplay.followsFromInbox(key)) {
                there.put(key, record.value());
            }
        }
        return rows;
    }

    private static Map<Integer, List<ConsumerRecord<byte[], byte[]>>> inbox(
            List<ConsumerRecord<byte[], byte[]>> all, Map<TopicPartition, Long> processed) {
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> inbox = new TreeMap<>();
        processed.keySet().forEach(it -> inbox.put(it.partition(), new ArrayList<>()));
        for (ConsumerRecord<byte[], byte[]> record : all) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (record.offset() < processed.get(partition)) {
                inbox.get(record.partition()).add(record);
            }
        }
        return inbox;
    }

    /** The row of a saga's instance. */
    public Optional<byte[]> instance(String sagaId) {
        Bytes key = InboxReplay.instanceKey(sagaId);
        return rows.values().stream()
                .flatMap(it -> Optional.ofNullable(it.get(key)).stream())
                .findFirst();
    }

    /** The same with another row of a saga's instance. */
    public StoredRows with(String sagaId, byte[] row) {
        Bytes key = InboxReplay.instanceKey(sagaId);
        Map<Integer, NavigableMap<Bytes, byte[]>> other = new TreeMap<>();
        rows.forEach((partition, all) -> other.put(partition, new TreeMap<>(all)));
        other.values().stream().filter(it -> it.containsKey(key)).forEach(it -> it.put(key, row));
        return new StoredRows(bootstrap, registryUrl, topicId, inbox, other);
    }

    /** The same, had the last record of a saga never come. */
    public StoredRows withoutLastInput(String sagaId) {
        byte[] key = sagaId.getBytes(UTF_8);
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> other = new TreeMap<>();
        inbox.forEach(
                (partition, all) -> {
                    List<ConsumerRecord<byte[], byte[]>> left = new ArrayList<>(all);
                    left.reversed().stream()
                            .filter(it -> Arrays.equals(it.key(), key))
                            .findFirst()
                            .ifPresent(left::remove);
                    other.put(partition, left);
                });
        return new StoredRows(bootstrap, registryUrl, topicId, other, rows);
    }

    /** Every row that is not what the inbox leads to, with both: what is stored and what is not. */
    public List<String> differences() {
        try (RegistryClient registry = new RegistryClient(RegistryConfig.of(registryUrl));
                DefinitionCatalog definitions = definitions(registry)) {
            definitions.start();
            assertThat(definitions.awaitCaughtUp(LIMIT)).isTrue();
            EngineInputs inputs =
                    new EngineInputs(
                            definitions,
                            id -> schema(registry, id),
                            TokenKeys.NONE,
                            TransitionListener.NONE);
            List<String> differences = new ArrayList<>();
            inbox.keySet().forEach(it -> differences.addAll(differences(it, inputs)));
            return differences;
        }
    }

    private DefinitionCatalog definitions(RegistryClient registry) {
        RegistrySchemas schemas = new RegistrySchemas(registry);
        return new DefinitionCatalog(
                Map.of("bootstrap.servers", bootstrap),
                "saga.definitions",
                registry,
                new SagaLanguage(schemas, schemas));
    }

    /** Unlike the engine, this can wait for a schema. */
    private static SchemaStatus schema(RegistryClient registry, int id) {
        return Await.value(
                LIMIT,
                () -> {
                    SchemaStatus status = registry.prefetch(id);
                    assertThat(status)
                            .isNotInstanceOfAny(
                                    SchemaStatus.Pending.class, SchemaStatus.Unavailable.class);
                    return status;
                });
    }

    private List<String> differences(int partition, EngineInputs inputs) {
        InboxReplay replay = new InboxReplay(inputs, topicId, inbox.size(), partition);
        inbox.get(partition).forEach(replay::take);
        Map<Bytes, byte[]> stored = rows.get(partition);
        Map<Bytes, byte[]> replayed = replay.rows();
        TreeSet<Bytes> keys = new TreeSet<>(stored.keySet());
        keys.addAll(replayed.keySet());
        List<String> differences = new ArrayList<>();
        for (Bytes key : keys) {
            byte[] was = stored.get(key);
            byte[] is = replayed.get(key);
            if (!Arrays.equals(was, is)) {
                differences.add(
                        "partition %d%n  stored:   %s%n  replayed: %s"
                                .formatted(partition, text(key, was), text(key, is)));
            }
        }
        return differences;
    }

    private static String text(Bytes key, byte[] row) {
        return row == null ? key + " is not there" : InboxReplay.describe(key, row);
    }
}
