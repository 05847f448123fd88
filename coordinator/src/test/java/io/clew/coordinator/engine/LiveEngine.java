package io.clew.coordinator.engine;

import io.clew.avro.SchemaStatus;
import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.InterventionWriter;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.coordinator.wire.TriggerWriter;
import io.clew.platform.Ports;
import io.clew.saga.Definitions;
import io.clew.saga.InterventionRequest;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;

/** An engine on a real broker, with the definition of the tests but a short timeout. */
record LiveEngine(EngineSettings settings) {
    private static final SagaDefinition ORDER =
            TestDefinitions.withTimeout(Duration.ofMillis(1500));

    LiveEngine(String bootstrapServers, Path stateDir, int partitions) {
        this(
                EngineSettings.of(
                        bootstrapServers,
                        partitions,
                        stateDir.toString(),
                        "127.0.0.1:" + Ports.free()));
    }

    LiveEngine onInbox(String topic) {
        return on(new EngineTopics(topic, "saga.events", "saga.archive", "saga.dead-letters"));
    }

    LiveEngine on(EngineTopics topics) {
        return with(settings.applicationId(), topics, settings.overrides());
    }

    /** One of its own beside others on the same broker. */
    LiveEngine with(String applicationId, EngineTopics topics, Map<String, String> overrides) {
        return with(applicationId, topics, overrides, settings.adoptInboxTopicId());
    }

    LiveEngine adopting(String inboxTopicId) {
        return with(
                settings.applicationId(),
                settings.topics(),
                settings.overrides(),
                Optional.of(inboxTopicId));
    }

    private LiveEngine with(
            String applicationId,
            EngineTopics topics,
            Map<String, String> overrides,
            Optional<String> adopt) {
        return new LiveEngine(
                new EngineSettings(
                        settings.bootstrapServers(),
                        applicationId,
                        topics,
                        settings.inboxPartitions(),
                        settings.minInboxRetention(),
                        settings.createTopics(),
                        settings.replication(),
                        settings.threads(),
                        settings.standbys(),
                        settings.profile(),
                        settings.stateDir(),
                        settings.applicationServer(),
                        adopt,
                        settings.maxRecordBytes(),
                        settings.maxRowBytes(),
                        overrides));
    }

    SagaEngine start() throws ExecutionException, InterruptedException, TimeoutException {
        return start(ref -> Optional.of(ORDER));
    }

    SagaEngine start(Definitions definitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        SagaEngine engine = create(definitions);
        engine.start();
        Await.until(
                () ->
                        engine.health().state() == KafkaStreams.State.RUNNING
                                && engine.progress().all().size() == settings.inboxPartitions());
        return engine;
    }

    /** One that has not started, and may have to share the partitions with others. */
    SagaEngine create(Definitions definitions) {
        return new SagaEngine(
                settings,
                new EngineInputs(
                        definitions,
                        id -> new SchemaStatus.Present(TestDefinitions.NOTE),
                        TokenKeys.NONE,
                        TransitionListener.NONE),
                () -> CoordinatorHarness.TRANSITION_SCHEMA_ID);
    }

    void trigger(String order) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Optional.empty())) {
            var unused = producer.send(triggerRecord(order), (at, failure) -> {});
        }
    }

    void retry(String order) {
        intervene(order, new InterventionRequest.Retry());
    }

    void intervene(String order, InterventionRequest request) {
        SagaInput.Intervention intervention =
                new SagaInput.Intervention(
                        "op-" + order, Optional.empty(), Optional.empty(), "ann", "why", request);
        Inbox inbox = new Inbox(settings.topics().inbox(), settings.inboxPartitions());
        try (KafkaProducer<byte[], byte[]> producer = producer(Optional.empty())) {
            var unused =
                    producer.send(
                            InterventionWriter.write(
                                    inbox, CoordinatorHarness.saga(order), intervention),
                            (at, failure) -> {});
        }
    }

    ProducerRecord<byte[], byte[]> triggerRecord(String order) {
        SagaInput.Trigger trigger =
                new SagaInput.Trigger(
                        TestDefinitions.ORDER,
                        SagaMachine.LOGIC_VERSION,
                        TestDefinitions.note(order),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return TriggerWriter.write(
                new Inbox(settings.topics().inbox(), settings.inboxPartitions()),
                CoordinatorHarness.saga(order),
                trigger);
    }

    KafkaProducer<byte[], byte[]> producer(Optional<String> transactional) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        transactional.ifPresent(key -> config.put(key, "foreign"));
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
