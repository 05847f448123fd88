package io.clew.coordinator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.avro.RegistryClient;
import io.clew.coordinator.definitions.BrokerOffsets;
import io.clew.coordinator.definitions.DefinitionCatalog;
import io.clew.coordinator.definitions.DefinitionLanguage;
import io.clew.coordinator.definitions.DefinitionPublisher;
import io.clew.coordinator.definitions.KafkaDefinitionLog;
import io.clew.coordinator.definitions.RegistrySchemas;
import io.clew.coordinator.definitions.RolloutPublisher;
import io.clew.coordinator.definitions.SagaLanguage;
import io.clew.coordinator.definitions.SchemaCheck;
import io.clew.coordinator.engine.ClientSettings;
import io.clew.coordinator.ingress.Admission;
import io.clew.coordinator.ingress.ApiStarts;
import io.clew.coordinator.ingress.InboxLag;
import io.clew.coordinator.ingress.KafkaInbox;
import io.clew.coordinator.ingress.Stamp;
import io.clew.coordinator.query.BulkMigration;
import io.clew.coordinator.query.DeadLetterReader;
import io.clew.coordinator.query.EngineSwitch;
import io.clew.coordinator.query.PauseBoard;
import io.clew.coordinator.query.Peers;
import io.clew.coordinator.query.ResultReader;
import io.clew.coordinator.query.SagaLists;
import io.clew.coordinator.query.SagaQueries;
import io.clew.coordinator.query.SagaWatch;
import io.clew.coordinator.query.TimelineReader;
import io.clew.coordinator.query.TopicTail;
import io.clew.coordinator.wire.Inbox;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** The rooms of the coordinator, each given what it needs. */
final class RoomWiring {

    @Produces
    @Singleton
    RegistrySchemas schemas(RegistryClient registry) {
        return new RegistrySchemas(registry);
    }

    @Produces
    @Singleton
    DefinitionLanguage language(RegistrySchemas schemas) {
        return new SagaLanguage(schemas, schemas);
    }

    @Produces
    @Singleton
    DefinitionCatalog catalog(
            CoordinatorConfig config,
            ClientSettings clients,
            RegistryClient registry,
            DefinitionLanguage language) {
        return new DefinitionCatalog(
                clients.consumers(), config.topics().definitions(), registry, language);
    }

    @Produces
    @Singleton
    KafkaDefinitionLog definitionLog(
            CoordinatorConfig config, Producer<byte[], byte[]> producer, RegistryClient registry) {
        return new KafkaDefinitionLog(producer, config.topics().definitions(), registry);
    }

    @Produces
    @Singleton
    DefinitionPublisher publisher(
            DefinitionLanguage language,
            KafkaDefinitionLog log,
            DefinitionCatalog catalog,
            Admin admin) {
        return new DefinitionPublisher(
                language, log, catalog, new BrokerOffsets(admin), InstantSource.system());
    }

    @Produces
    @Singleton
    RolloutPublisher rollouts(KafkaDefinitionLog log, DefinitionCatalog catalog) {
        return new RolloutPublisher(log, catalog);
    }

    @Produces
    @Singleton
    SchemaCheck schemaCheck(DefinitionLanguage language, RegistrySchemas schemas) {
        return new SchemaCheck(language, schemas);
    }

    @Produces
    @Singleton
    Stamp stamp(CoordinatorConfig config) {
        return new Stamp(config.tokens().current(), config.limits().eventBytes());
    }

    @Produces
    @Singleton
    KafkaInbox inbox(CoordinatorConfig config, Producer<byte[], byte[]> producer) {
        return new KafkaInbox(
                producer,
                new Inbox(config.inbox().topic(), config.inbox().partitions()),
                config.topics().deadLetters(),
                InstantSource.system());
    }

    @Produces
    @Singleton
    ApiStarts apiStarts(
            DefinitionCatalog catalog, Stamp stamp, KafkaInbox inbox, Admission admission) {
        return new ApiStarts(catalog, stamp, inbox, admission);
    }

    @Produces
    @Singleton
    InboxLag inboxLag(CoordinatorConfig config, Admin admin) {
        return new InboxLag(
                admin, config.applicationId(), config.inbox().topic(), System::nanoTime);
    }

    @Produces
    @Singleton
    EngineSwitch engineSwitch() {
        return new EngineSwitch();
    }

    @Produces
    @Singleton
    SagaWatch watch() {
        return new SagaWatch();
    }

    @Produces
    @Singleton
    SagaQueries queries(EngineSwitch engine, DefinitionCatalog catalog, SagaWatch watch) {
        return new SagaQueries(engine, catalog, new ResultReader(catalog), watch);
    }

    @Produces
    @Singleton
    Peers peers(ObjectMapper json) {
        return new Peers(json);
    }

    @Produces
    @Singleton
    PauseBoard pauses(EngineSwitch engine) {
        return new PauseBoard(engine);
    }

    @Produces
    @Singleton
    SagaLists lists(EngineSwitch engine, Peers peers) {
        return new SagaLists(engine, peers);
    }

    @Produces
    @Singleton
    BulkMigration migrations(
            EngineSwitch engine,
            Peers peers,
            SagaQueries queries,
            BulkMigration.Interventions interventions) {
        return new BulkMigration(engine, peers, queries, interventions);
    }

    @Produces
    @Singleton
    BulkMigration.Interventions interventions(
            DefinitionCatalog catalog, KafkaInbox inbox, SagaWatch watch) {
        return new BulkMigration.Interventions(catalog, inbox, watch);
    }

    @Produces
    @Singleton
    TopicTail topics(ClientSettings clients) {
        return new TopicTail(clients.consumers());
    }

    @Produces
    @Singleton
    TimelineReader timelines(CoordinatorConfig config, TopicTail topics, RegistryClient registry) {
        return new TimelineReader(topics, config.topics().events(), registry);
    }

    @Produces
    @Singleton
    DeadLetterReader deadLetters(CoordinatorConfig config, TopicTail topics) {
        return new DeadLetterReader(topics, config.topics().deadLetters());
    }
}
