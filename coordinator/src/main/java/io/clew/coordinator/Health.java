package io.clew.coordinator;

import io.clew.avro.RegistryClient;
import io.clew.coordinator.definitions.DefinitionCatalog;
import io.clew.coordinator.engine.EngineHealth;
import io.clew.coordinator.engine.PartitionProgress;
import io.clew.coordinator.engine.SagaEngine;
import io.clew.coordinator.ingress.Ingress;
import io.clew.coordinator.ingress.IngressStatus;
import io.clew.coordinator.ingress.Relay;
import io.clew.saga.QueuedInput;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * How the coordinator is, with reasons. Ready means it can answer and process; well means that
 * nothing waits for something outside either.
 */
final class Health {

    private static final int MAX_REASONS = 10;

    @Produces
    @Singleton
    @Readiness
    HealthCheck start(StartProgress progress) {
        return () -> {
            String waitsFor = progress.waitsFor();
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("start").status(waitsFor.isEmpty());
            return (waitsFor.isEmpty() ? answer : answer.withData("waits for", waitsFor)).build();
        };
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck definitions(DefinitionCatalog catalog) {
        return () -> {
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("definitions")
                            .status(catalog.caughtUp())
                            .withData("names", catalog.names().size());
            catalog.problem().ifPresent(it -> answer.withData("problem", it));
            if (!catalog.faults().isEmpty()) {
                answer.withData("unusable", String.join("; ", catalog.faults()));
            }
            return answer.build();
        };
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck engine(SagaEngine engine) {
        return () -> {
            EngineHealth health = engine.health();
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("engine")
                            .status(health.works())
                            .withData("state", health.state().name())
                            .withData("partitions", engine.progress().all().size());
            if (!health.faults().isEmpty()) {
                answer.withData("faults", String.join("; ", health.faults()));
            }
            return answer.build();
        };
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck kept(SagaEngine engine) {
        return () -> kept(engine.progress().kept());
    }

    /** What only an operator ends has an incident, and is no trouble of the coordinator's own. */
    static HealthCheckResponse kept(PartitionProgress.Kept kept) {
        Map<String, Long> outside = new TreeMap<>(kept.reasons());
        outside.remove(QueuedInput.OPERATOR);
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("inputs kept")
                        .status(outside.isEmpty())
                        .withData("inputs", kept.inputs());
        kept.oldest().ifPresent(it -> answer.withData("oldest", it.toString()));
        kept.reasons().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MAX_REASONS)
                .forEach(it -> answer.withData(it.getKey(), it.getValue()));
        return answer.build();
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck relay(Relay relay) {
        return () -> {
            Optional<String> problem = relay.problem();
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("child sagas").status(problem.isEmpty());
            problem.ifPresent(it -> answer.withData("problem", it));
            return answer.build();
        };
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck ingress(Ingress ingress) {
        return () -> {
            IngressStatus status = ingress.status();
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("ingress")
                            .status(status.flowing())
                            .withData("topics", String.join(",", status.topics()));
            status.waiting().forEach((partition, why) -> answer.withData(partition, why));
            status.skipped()
                    .forEach((partition, what) -> answer.withData("skipped " + partition, what));
            status.held().ifPresent(it -> answer.withData("held", it));
            status.problem().ifPresent(it -> answer.withData("problem", it));
            return answer.build();
        };
    }

    @Produces
    @Singleton
    @Wellness
    HealthCheck registry(RegistryClient registry) {
        return () -> {
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("schema registry")
                            .status(registry.outage().isEmpty());
            registry.outage().ifPresent(it -> answer.withData("outage", it.toString()));
            return answer.build();
        };
    }
}
