package io.clew.coordinator.definitions;

import io.clew.avro.BadFrameException;
import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryUnavailableException;
import io.clew.avro.SchemaNotFoundException;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Definitions;
import io.clew.saga.SagaDefinition;
import io.clew.schema.DefinitionRecord;
import io.clew.schema.RolloutRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All definitions ever applied: follows the definitions topic from its first record on, with a
 * thread of its own. While broker or registry are away it waits and says so.
 */
public final class DefinitionCatalog implements Definitions, AppliedDefinitions, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(DefinitionCatalog.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;
    private final TopicPartition partition;
    private final RegistryClient registry;
    private final DefinitionLanguage language;
    private final DefinitionCodec codec;
    private final DefinitionBook book = new DefinitionBook();
    private final ReadPosition position = new ReadPosition();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reader = new Thread(this::run, "clew-definitions");
    private volatile String problem = "not started yet";

    public DefinitionCatalog(
            Map<String, Object> kafka,
            String topic,
            RegistryClient registry,
            DefinitionLanguage language) {
        this.kafka = Map.copyOf(kafka);
        this.partition = new TopicPartition(topic, 0);
        this.registry = registry;
        this.language = language;
        this.codec = new DefinitionCodec(registry, topic);
    }

    /** Starts reading; returns at once. */
    public void start() {
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public Optional<SagaDefinition> find(DefinitionRef ref) {
        return book.find(ref).map(it -> it.compiled().definition());
    }

    @Override
    public Optional<AppliedDefinition> applied(DefinitionRef ref) {
        return book.find(ref);
    }

    @Override
    public Optional<AppliedDefinition> get(String name, int version) {
        return book.get(name, version);
    }

    @Override
    public List<AppliedDefinition> versions(String name) {
        return book.versions(name);
    }

    @Override
    public Rollout rollout(String name) {
        return book.rollout(name);
    }

    @Override
    public Map<String, Rollout> rollouts() {
        return book.rollouts();
    }

    @Override
    public List<String> names() {
        return book.names();
    }

    @Override
    public List<AppliedDefinition> all() {
        return book.all();
    }

    @Override
    public boolean caughtUp() {
        return position.caughtUp();
    }

    @Override
    public Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    /** Definitions on the topic that this release cannot run, and why. */
    public List<String> faults() {
        return book.faults();
    }

    /** Waits until all that stood on the topic at the start has been read. */
    public boolean awaitCaughtUp(Duration limit) {
        return position.awaitCaughtUp(limit);
    }

    @Override
    public boolean awaitRead(long offset, Duration limit) {
        return position.awaitRead(offset, limit);
    }

    @Override
    public Optional<String> taken(String name, int version) {
        return book.taken(name, version);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                follow(consumer);
            } catch (WakeupException | org.apache.kafka.common.errors.InterruptException stop) {
                return;
            } catch (RuntimeException wrong) {
                trouble(wrong);
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, position.next());
        long end =
                consumer.endOffsets(List.of(partition), Duration.ofSeconds(10))
                        .getOrDefault(partition, 0L);
        position.expect(end);
        while (closed.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record);
                position.read(record.offset());
            }
            position.reached(consumer.position(partition));
            problem = "";
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            switch (codec.decode(value)) {
                case DefinitionCodec.Read.Definition it -> take(it.definition(), record.offset());
                case DefinitionCodec.Read.Rollout it -> take(it.rollout(), record.offset());
            }
        } catch (BadFrameException
                | SchemaNotFoundException
                | IllegalArgumentException unreadable) {
            LOGGER.warn(
                    "Expected a definition at {} offset {} but {}; left out",
                    partition,
                    record.offset(),
                    unreadable.getMessage());
        }
    }

    private void take(RolloutRecord rollout, long offset) {
        book.wish(rollout.getName(), DefinitionCodec.wish(rollout), offset);
        LOGGER.info("{} is rolled out as {}", rollout.getName(), book.rollout(rollout.getName()));
    }

    private void take(DefinitionRecord definition, long offset) {
        DefinitionRef ref =
                new DefinitionRef(
                        definition.getName(), definition.getVersion(), definition.getSha256());
        try {
            definition.getSchemas().forEach(it -> registry.prefetch(it.getId()));
            AppliedDefinition applied = DefinitionCodec.applied(definition, offset, language);
            if (!applied.ref().equals(ref)) {
                throw new IllegalStateException(
                        "its content hashes to " + applied.ref().sha256() + " here");
            }
            if (book.add(applied, definition.getActivate())) {
                LOGGER.info("Definition {} is here, from offset {}", ref, offset);
            }
        } catch (RegistryUnavailableException away) {
            throw away;
        } catch (RuntimeException fault) {
            // Also the registry's definite "no such schema": reading on is all that helps then.
            LOGGER.error("Expected definition {} to compile but it does not", ref, fault);
            String why = String.valueOf(fault.getMessage());
            book.addUnusable(ref, offset, why, definition.getActivate());
        }
    }

    private void trouble(RuntimeException wrong) {
        String now = String.valueOf(wrong.getMessage());
        if (!now.equals(problem)) {
            LOGGER.warn("Expected to read {} but {}; trying again", partition.topic(), now);
        }
        problem = now;
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "clew-definitions");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
