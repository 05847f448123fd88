package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.SchemaStatus;
import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.InterventionWriter;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.coordinator.wire.TransitionReader;
import io.clew.coordinator.wire.TriggerWriter;
import io.clew.saga.DefinitionRef;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Marker;
import io.clew.saga.Position;
import io.clew.saga.Rejection;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaFold;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaMachine;
import io.clew.saga.Transition;
import io.clew.saga.testkit.Altered;
import io.clew.schema.SagaTransition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** One partition of the coordinator with real stores and real Avro, its clock moved by hand. */
final class CoordinatorHarness implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final int TRANSITION_SCHEMA_ID = 3;
    static final List<String> TOPICS =
            List.of(
                    "order.commands",
                    "payment.commands",
                    "saga.events",
                    "saga.archive",
                    "saga.dead-letters");

    final Map<DefinitionRef, SagaDefinition> definitions = new HashMap<>();
    final Set<String> missingTopics = new HashSet<>();
    final Map<Integer, SchemaStatus> schemas = new HashMap<>();
    final EngineMetrics metrics = new EngineMetrics();
    final PartitionProgress progress = new PartitionProgress();
    final Deque<ProducerRecord<byte[], byte[]>> toInbox = new ArrayDeque<>();
    final List<Transition> heard = new ArrayList<>();
    final List<Optional<Rejection>> answers = new ArrayList<>();
    final EngineParts parts;

    /** What the definitions throw when they are asked, as nobody would have expected of them. */
    Optional<RuntimeException> trouble = Optional.empty();

    /** Whether what is written stays uncommitted, as when Streams takes more records first. */
    boolean commitsLate;

    /** Whether what is sent to the inbox is lost on the way. */
    boolean deaf;

    /** How long ago the stream thread has last looked at its clock. */
    Duration threadBehind = Duration.ZERO;

    /** Whether what is sent to the inbox stays in {@link #toInbox}. */
    boolean keepsWhatItSends;

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> inbox;
    private final Map<String, List<Sent>> sent = new HashMap<>();
    private Instant now = START;
    private long inboxEnd;
    private long commits;

    CoordinatorHarness(Path stateDir) {
        this(stateDir, 1, TokenKeys.NONE, Optional.empty());
    }

    CoordinatorHarness(
            Path stateDir, int partitions, TokenKeys tokens, Optional<String> inboxTopicId) {
        definitions.put(TestDefinitions.ORDER, TestDefinitions.order());
        schemas.put(TestDefinitions.SCHEMA_ID, new SchemaStatus.Present(TestDefinitions.NOTE));
        schemas.put(TestDefinitions.UNFETCHED_SCHEMA_ID, new SchemaStatus.Pending());
        schemas.put(TestDefinitions.NO_SCHEMA_ID, new SchemaStatus.Absent("no such schema"));
        EngineSettings settings =
                EngineSettings.of("nowhere:1", partitions, stateDir.toString(), "localhost:1");
        parts =
                new EngineParts(
                        settings,
                        inboxTopicId.orElse("topic-1"),
                        TRANSITION_SCHEMA_ID,
                        this::definition,
                        topic -> !missingTopics.contains(topic),
                        id -> schemas.getOrDefault(id, new SchemaStatus.Pending()),
                        tokens,
                        (record, acknowledged) -> {
                            if (!deaf) {
                                toInbox.add(record);
                                long heardAt = now.plus(threadBehind).toEpochMilli();
                                acknowledged.accept(
                                        inboxEnd + toInbox.size() - 1, heardAt, heardAt);
                            }
                        },
                        new Listener(),
                        () -> commits,
                        progress,
                        metrics,
                        () -> {});
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir());
        driver = new TopologyTestDriver(SagaTopology.of(parts, new LocalStores()), properties, now);
        inbox =
                driver.createInputTopic(
                        "saga.inbox", new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Optional<SagaDefinition> definition(DefinitionRef ref) {
        trouble.ifPresent(
                it -> {
                    throw it;
                });
        return Optional.ofNullable(definitions.get(ref));
    }

    private final class Listener implements TransitionListener {
        @Override
        public void onTransition(Optional<SagaInstance> after, Transition transition) {
            heard.add(transition);
        }

        @Override
        public void onAnswer(SagaId saga, Position cause, Optional<Rejection> rejection) {
            answers.add(rejection);
        }
    }

    static SagaId saga(String order) {
        return SagaId.of(TestDefinitions.ORDER.name(), order);
    }

    /** An order is placed; the ingress has stamped it. */
    void receivesTrigger(String order) {
        receivesTrigger(order, TestDefinitions.SCHEMA_ID, Optional.empty());
    }

    void receivesTrigger(String order, int schemaId, Optional<String> tokenKey) {
        SagaInput.Trigger trigger =
                new SagaInput.Trigger(
                        TestDefinitions.ORDER,
                        SagaMachine.LOGIC_VERSION,
                        TestDefinitions.note(schemaId, order),
                        Map.of("customerId", "c-" + order),
                        tokenKey,
                        Optional.of("00-trace-" + order),
                        Optional.empty());
        receives(TriggerWriter.write(parts.inbox(), saga(order), trigger));
    }

    void receivesReply(TestReply reply) {
        receives(reply.record());
    }

    void receivesIntervention(String order, String operationId, InterventionRequest request) {
        SagaInput.Intervention intervention =
                new SagaInput.Intervention(
                        operationId, Optional.empty(), Optional.empty(), "ann", "why", request);
        receives(InterventionWriter.write(parts.inbox(), saga(order), intervention));
    }

    void receives(ProducerRecord<byte[], byte[]> record) {
        inboxEnd++;
        inbox.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), now));
        commitUnlessLate();
        collect();
    }

    /** Time passes, a second at most at a time; timers that come due reach the inbox. */
    void advance(Duration by) {
        Instant end = now.plus(by);
        while (now.isBefore(end)) {
            Duration left = Duration.between(now, end);
            step(left.compareTo(Duration.ofSeconds(1)) > 0 ? Duration.ofSeconds(1) : left);
        }
    }

    /** Time passes in one stride. */
    void step(Duration by) {
        now = now.plus(by);
        driver.advanceWallClockTime(by);
        commitUnlessLate();
        collect();
        deliver();
    }

    private void commitUnlessLate() {
        if (!commitsLate) {
            commits++;
        }
    }

    /** The next records have been appended earlier; negative amounts undo that. */
    void setBack(Duration by) {
        now = now.minus(by);
    }

    private void deliver() {
        if (keepsWhatItSends) {
            return;
        }
        for (var next = toInbox.poll(); next != null; next = toInbox.poll()) {
            if (parts.inbox().partitionOf(next.key()) == 0) {
                receives(next);
            }
        }
    }

    private void collect() {
        for (String topic : TOPICS) {
            var out =
                    driver.createOutputTopic(
                            topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            out.readRecordsToList()
                    .forEach(
                            record ->
                                    sent.computeIfAbsent(topic, key -> new ArrayList<>())
                                            .add(new Sent(topic, record)));
        }
    }

    List<Sent> sent(String topic) {
        return List.copyOf(sent.getOrDefault(topic, List.of()));
    }

    /** The newest command of that topic. */
    Sent command(String topic) {
        List<Sent> commands = sent(topic);
        return commands.get(commands.size() - 1);
    }

    List<Transition> transitions() {
        TransitionReader reader = new TransitionReader(id -> SagaTransition.getClassSchema());
        return sent("saga.events").stream()
                .map(it -> reader.read(it.record().value()).transition())
                .toList();
    }

    SagaInstance instance(String order) {
        return find(order).orElseThrow();
    }

    Optional<SagaInstance> find(String order) {
        return rows().instance(saga(order));
    }

    Optional<Marker> marker(String order) {
        return rows().marker(saga(order));
    }

    KeyValueStore<Bytes, byte[]> store() {
        return driver.getKeyValueStore(SagaTopology.STORE);
    }

    StoreRows rows() {
        return new StoreRows(store(), store());
    }

    /** The same saga as if it had been applied up to a later offset. */
    SagaInstance at(SagaInstance saga, long offset) {
        return at(saga, new Position(saga.position().topicId(), 0, offset));
    }

    /** The same saga as if the input applied last had stood there. */
    SagaInstance at(SagaInstance saga, Position position) {
        return new Altered(saga).position(position).saga();
    }

    /** Another saga comes by, so that the next input of any other is read from the store. */
    void forgetMemory() {
        receivesTrigger("passer-by");
        sent.get("order.commands").remove(sent.get("order.commands").size() - 1);
        sent.get("saga.events").remove(sent.get("saga.events").size() - 1);
    }

    /** The fold of {@code saga.events} must be the stored row, byte for byte. */
    void expectFoldIsStored(String order) {
        Optional<SagaInstance> folded = Optional.empty();
        for (Transition transition : transitions()) {
            if (transition.saga().equals(saga(order))) {
                folded = SagaFold.fold(folded, transition);
            }
        }
        assertThat(InstanceCodec.encode(folded.orElseThrow()))
                .isEqualTo(store().get(Keys.instance(saga(order))));
    }

    /** What a query finds. */
    Lookup.Found read(String order) {
        return SagaRead.of(store(), saga(order)).found(0, new Lookup.Source(true, true, 0));
    }

    /** How many rows of this kind there are. */
    int count(byte kind) {
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> rows =
                store().range(Keys.first(kind), Keys.last(kind))) {
            while (rows.hasNext()) {
                rows.next();
                count++;
            }
        }
        return count;
    }

    Instant now() {
        return now;
    }

    @Override
    public void close() {
        driver.close();
    }
}
