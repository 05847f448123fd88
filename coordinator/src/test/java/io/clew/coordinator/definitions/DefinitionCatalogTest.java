package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.AvroFrame;
import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.language.CompiledDefinition;
import io.clew.language.PinnedSchema;
import io.clew.platform.KafkaBroker;
import io.clew.platform.RegistryProcess;
import io.clew.platform.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definitions topic on a real broker, with a real registry. */
class DefinitionCatalogTest {

    private static final String TOPIC = "saga.definitions";
    private static final int NO_SUCH_SCHEMA = 987_654;

    @TempDir private Path directory;
    private final Parcels parcels = new Parcels();

    /** Fails for one definition as a registry does that says definitely: no such schema. */
    private DefinitionLanguage language() {
        DefinitionLanguage real = parcels.language();
        return new DefinitionLanguage() {
            @Override
            public Compiled compile(String source) {
                return real.compile(source);
            }

            @Override
            public CompiledDefinition recompile(String canonical, List<PinnedSchema> schemas) {
                if (canonical.contains("lost")) {
                    throw new SerializationException("no such schema");
                }
                return real.recompile(canonical, schemas);
            }
        };
    }

    @Test
    void shouldReadOnWhenADefinitionCannotBeUsed() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory.resolve("kafka"));
                RegistryProcess process = RegistryProcess.builder(directory).start();
                var registry = new RegistryClient(RegistryConfig.of(process.confluentUrl()));
                Producer<byte[], byte[]> producer = producer(broker)) {
            // given
            Topics.ensure(broker.bootstrapServers(), Topics.LOCAL_INBOX_PARTITIONS);
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            byte[] noFrame = {9, 9};
            byte[] noSchema = AvroFrame.frame(NO_SUCH_SCHEMA, new byte[] {1});
            for (byte[] unreadable : List.of(noFrame, noSchema)) {
                producer.send(new ProducerRecord<>(TOPIC, 0, null, unreadable)).get();
            }
            var log = new KafkaDefinitionLog(producer, TOPIC, registry);
            append(log, "lost", 1, true);
            append(log, "parcel", 1, true);
            append(log, "parcel", 2, false);
            append(log, "parcel", 3, false);
            log.append(
                    DefinitionCodec.record(
                            "parcel", RolloutTest.wish("a", 2, new Candidate(3, 25), 1)));

            // when
            try (var catalog = new DefinitionCatalog(kafka, TOPIC, registry, language())) {
                catalog.start();

                // then
                assertThat(catalog.awaitCaughtUp(Duration.ofSeconds(60))).isTrue();
                assertThat(catalog.get("parcel", 1)).isPresent();
                assertThat(catalog.get("lost", 1)).isEmpty();
                assertThat(catalog.taken("lost", 1)).isPresent();
                assertThat(catalog.rollout("parcel").active()).contains(2);
                assertThat(catalog.rollout("parcel").candidate()).contains(new Candidate(3, 25));
                assertThat(catalog.rollout("parcel").retired()).containsExactly(1);
                assertThat(catalog.faults()).containsExactly("lost:1: no such schema");
            }
        }
    }

    private void append(DefinitionLog log, String name, int version, boolean activate) {
        String source = Parcels.source(name, version, "7d");
        switch (parcels.language().compile(source)) {
            case DefinitionLanguage.Compiled.Accepted it ->
                    log.append(
                            DefinitionCodec.record(
                                    it.definition(),
                                    new DefinitionCodec.Starts(Map.of(0, 0L), Map.of()),
                                    Instant.EPOCH,
                                    new DefinitionPublisher.Put(
                                            name,
                                            version,
                                            source,
                                            new StartFrom.End(),
                                            Optional.empty(),
                                            activate)));
            case DefinitionLanguage.Compiled.Refused refused ->
                    throw new AssertionError(refused.faults());
        }
    }

    private static Producer<byte[], byte[]> producer(KafkaBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
