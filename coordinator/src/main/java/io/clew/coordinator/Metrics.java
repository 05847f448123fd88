package io.clew.coordinator;

import io.clew.coordinator.definitions.DefinitionCatalog;
import io.clew.coordinator.engine.EngineMetrics;
import io.clew.coordinator.engine.SagaEngine;
import io.clew.coordinator.ingress.InboxLag;
import io.clew.coordinator.ingress.Ingress;
import io.clew.coordinator.ingress.KafkaInbox;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;

/** The few numbers to watch; names are for good. */
@ApplicationScoped
class Metrics {

    private static final double MILLIS_PER_SECOND = 1000;

    void register(@Observes StartupEvent event, MeterRegistry registry, Sources sources) {
        gauge(registry, "clew.inbox.lag", sources.lag(), it -> it.seen().records());
        gauge(registry, "clew.sagas.open", sources.open(), OpenSagas::getAsLong);
        gauge(registry, "clew.incidents.open", sources.open(), OpenSagas::incidents);
        gauge(registry, "clew.definitions", sources.catalog(), it -> it.all().size());
        gauge(
                registry,
                "clew.ingress.partitions.waiting",
                sources.ingress(),
                it -> it.status().waiting().size());
        counter(registry, "clew.ingress.skips", sources.ingress(), Ingress::skips);
        counter(registry, "clew.ingress.untaken", sources.ingress(), Ingress::untaken);
        counter(registry, "clew.ingress.starts", sources.inbox(), KafkaInbox::started);
        counter(registry, "clew.ingress.dead.letters", sources.inbox(), KafkaInbox::refused);
    }

    void register(@Observes StartupEvent event, MeterRegistry registry, SagaEngine engine) {
        EngineMetrics metrics = engine.metrics();
        counter(registry, "clew.inputs", metrics, EngineMetrics::inputs);
        counter(registry, "clew.inputs.kept", metrics, EngineMetrics::kept);
        gauge(registry, "clew.inputs.waiting", engine.progress(), it -> it.kept().inputs());
        counter(registry, "clew.inputs.isolated", metrics, EngineMetrics::isolated);
        counter(registry, "clew.inputs.misrouted", metrics, EngineMetrics::misrouted);
        counter(registry, "clew.commands", metrics, EngineMetrics::commands);
        counter(registry, "clew.commands.unsent", metrics, EngineMetrics::unsent);
        counter(registry, "clew.timers", metrics, EngineMetrics::timersSent);
        counter(registry, "clew.dead.letters", metrics, EngineMetrics::deadLetters);
        gauge(registry, "clew.hints.wrong", metrics, EngineMetrics::hintDifferences);
        counter(registry, "clew.restore.rows", metrics, EngineMetrics::restoredRows);
        counter(registry, "clew.restore.seconds", metrics, Metrics::restoringSeconds);
        gauge(registry, "clew.restore.partitions", metrics, EngineMetrics::restoring);
    }

    private static double restoringSeconds(EngineMetrics metrics) {
        return metrics.restoringTime().toMillis() / MILLIS_PER_SECOND;
    }

    /** Where the numbers come from. */
    record Sources(
            InboxLag lag,
            OpenSagas open,
            DefinitionCatalog catalog,
            Ingress ingress,
            KafkaInbox inbox) {}

    static <T> void gauge(
            MeterRegistry registry, String name, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).strongReference(true).register(registry);
    }

    static <T> void counter(
            MeterRegistry registry, String name, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, source, value).register(registry);
    }
}
