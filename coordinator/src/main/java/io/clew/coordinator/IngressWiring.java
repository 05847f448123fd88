package io.clew.coordinator;

import io.clew.coordinator.definitions.DefinitionCatalog;
import io.clew.coordinator.definitions.RegistrySchemas;
import io.clew.coordinator.engine.ClientSettings;
import io.clew.coordinator.ingress.Admission;
import io.clew.coordinator.ingress.InboxLag;
import io.clew.coordinator.ingress.Ingress;
import io.clew.coordinator.ingress.KafkaInbox;
import io.clew.coordinator.ingress.Relay;
import io.clew.coordinator.ingress.Stamp;
import io.clew.coordinator.wire.Inbox;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.producer.Producer;

/** The ingress and what holds it back. */
final class IngressWiring {

    @Produces
    @Singleton
    Admission admission(CoordinatorConfig config, InboxLag lag, OpenSagas open) {
        CoordinatorConfig.Limits limits = config.limits();
        return new Admission(
                lag,
                open,
                new Admission.Limits(limits.inboxWait(), limits.inboxLag(), limits.openSagas()));
    }

    @Produces
    @Singleton
    Ingress ingress(
            CoordinatorConfig config,
            ClientSettings clients,
            DefinitionCatalog catalog,
            Ingress.Entrance entrance) {
        return Ingress.over(
                clients.consumers(), config.applicationId() + "-ingress", catalog, entrance);
    }

    @Produces
    @Singleton
    Relay relay(
            CoordinatorConfig config, ClientSettings clients, Relay.Outlet outlet, Relay.Kin kin) {
        return new Relay(clients.consumers(), config.applicationId() + "-relay", outlet, kin);
    }

    @Produces
    @Singleton
    CoordinatorLife.Entrances entrances(Ingress ingress, Relay relay) {
        return new CoordinatorLife.Entrances(ingress, relay);
    }

    @Produces
    @Singleton
    Relay.Outlet outlet(Producer<byte[], byte[]> producer, KafkaInbox inbox) {
        return new Relay.Outlet(producer, inbox);
    }

    @Produces
    @Singleton
    Relay.Kin kin(CoordinatorConfig config, DefinitionCatalog catalog, Stamp stamp) {
        Inbox inbox = new Inbox(config.inbox().topic(), config.inbox().partitions());
        return new Relay.Kin(catalog, stamp, inbox);
    }

    @Produces
    @Singleton
    Metrics.Sources sources(
            InboxLag lag,
            OpenSagas open,
            DefinitionCatalog catalog,
            Ingress ingress,
            KafkaInbox inbox) {
        return new Metrics.Sources(lag, open, catalog, ingress, inbox);
    }

    @Produces
    @Singleton
    Ingress.Entrance entrance(
            RegistrySchemas schemas, Stamp stamp, KafkaInbox inbox, Admission admission) {
        return new Ingress.Entrance(schemas, stamp, inbox, admission);
    }
}
