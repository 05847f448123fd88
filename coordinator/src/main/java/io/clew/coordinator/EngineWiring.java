package io.clew.coordinator;

import io.clew.avro.RegistryClient;
import io.clew.coordinator.definitions.DefinitionCatalog;
import io.clew.coordinator.engine.ClientSettings;
import io.clew.coordinator.engine.EngineInputs;
import io.clew.coordinator.engine.EngineSettings;
import io.clew.coordinator.engine.EngineTopics;
import io.clew.coordinator.engine.SagaEngine;
import io.clew.coordinator.engine.TransitionListener;
import io.clew.coordinator.ingress.InboxLag;
import io.clew.coordinator.query.EngineSwitch;
import io.clew.coordinator.query.SagaWatch;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.saga.Position;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import io.clew.schema.SagaTransition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.clients.CommonClientConfigs;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The engine and what it is given. */
final class EngineWiring {

    private static final Schema SCHEMA = SagaTransition.getClassSchema();

    @Produces
    @Singleton
    TokenKeys tokens(CoordinatorConfig config) {
        return new TokenKeys(config.tokens().keys(), config.tokens().current());
    }

    @Produces
    @Singleton
    TransitionListener listener(SagaWatch watch, MeterRegistry meters) {
        // To find a counter by its tags costs more than to count.
        Map<String, Counter> counters = new ConcurrentHashMap<>();
        return new TransitionListener() {
            @Override
            public void onTransition(Optional<SagaInstance> after, Transition transition) {
                String name =
                        transition.answer().isPresent() ? "clew.rejections" : "clew.transitions";
                counters.computeIfAbsent(
                                name + transition.kind(),
                                it -> meters.counter(name, "kind", transition.kind()))
                        .increment();
                watch.moved(transition.saga(), after.filter(it -> it.phase().ended()).isPresent());
                if (isWaitedFor(transition.kind())) {
                    watch.intervened(
                            transition.cause().partition(),
                            transition.cause().offset(),
                            transition.answer());
                }
            }

            @Override
            public void onAnswer(SagaId saga, Position cause, Optional<Rejection> rejection) {
                watch.moved(saga, false);
                watch.intervened(cause.partition(), cause.offset(), rejection);
            }
        };
    }

    @Produces
    @Singleton
    EngineInputs inputs(
            DefinitionCatalog catalog,
            RegistryClient registry,
            TokenKeys tokens,
            TransitionListener listener) {
        return new EngineInputs(catalog, registry::prefetch, tokens, listener);
    }

    @Produces
    @Singleton
    EngineSettings settings(
            CoordinatorConfig config,
            ClientSettings clients,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        return new EngineSettings(
                String.valueOf(clients.all().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)),
                config.applicationId(),
                new EngineTopics(
                        config.inbox().topic(),
                        config.topics().events(),
                        config.topics().archive(),
                        config.topics().deadLetters()),
                config.inbox().partitions(),
                config.inbox().minRetention(),
                config.topics().create(),
                config.topics().replication(),
                config.threads(),
                config.standbys(),
                switch (config.profile()) {
                    case LATENCY -> EngineSettings.Profile.LATENCY;
                    case THROUGHPUT -> EngineSettings.Profile.THROUGHPUT;
                },
                config.stateDir(),
                config.applicationServer().orElse(host + ":" + port),
                config.inbox().adopt(),
                EngineSettings.DEFAULT_MAX_RECORD_BYTES,
                EngineSettings.DEFAULT_MAX_ROW_BYTES,
                Map.copyOf(config.kafka()));
    }

    @Produces
    @Singleton
    CoordinatorLife.Rooms rooms(
            DefinitionCatalog catalog,
            SagaEngine engine,
            EngineSwitch engineSwitch,
            CoordinatorLife.Entrances entrances,
            InboxLag lag) {
        return new CoordinatorLife.Rooms(catalog, engine, engineSwitch, entrances, lag);
    }

    @Produces
    @Singleton
    SagaEngine engine(EngineSettings settings, EngineInputs inputs, RegistryClient registry) {
        return new SagaEngine(
                settings,
                inputs,
                () ->
                        registry.register(
                                settings.topics().events() + "-" + SCHEMA.getFullName(), SCHEMA));
    }

    /** Whether a caller may wait for what became of such an input. */
    private static boolean isWaitedFor(String kind) {
        return kind.equals("intervention") || kind.equals("signal");
    }
}
