package io.clew.order;

import io.clew.participant.ParticipantMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says what the worker waits for, and counts what it does. */
@Singleton
@Default
@Readiness
class Vitals implements ParticipantMonitor, HealthCheck {
    private final MeterRegistry meters;
    private final Map<String, String> away = new ConcurrentHashMap<>();

    Vitals(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public HealthCheckResponse call() {
        var waiting = Map.copyOf(away);
        var health = HealthCheckResponse.named("worker").status(waiting.isEmpty());
        waiting.forEach(health::withData);
        return health.build();
    }

    @Override
    public void delivered(int commands, Duration took) {
        meters.timer("clew.batches").record(took);
    }

    @Override
    public void answered(String commandType, String outcome) {
        meters.counter("clew.commands", "command", commandType, "outcome", outcome).increment();
    }

    @Override
    public void deadLettered(String cause) {
        meters.counter("clew.dead.letters", "cause", cause).increment();
    }

    @Override
    public void unavailable(String work, String cause) {
        away.put(work, cause);
    }

    @Override
    public void available(String work) {
        away.remove(work);
    }
}
