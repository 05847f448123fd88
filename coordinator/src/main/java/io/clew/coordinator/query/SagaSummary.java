package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clew.saga.Outstanding;
import io.clew.saga.SagaInstance;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One line of a list of sagas. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SagaSummary(
        String sagaId,
        String definition,
        int version,
        String businessKey,
        String phase,
        long revision,
        Instant startedAt,
        Instant updatedAt,
        Optional<Instant> endedAt,
        Optional<String> currentStep,
        Optional<String> participant,
        Optional<SagaStatus.FailureView> failure,
        Optional<SagaStatus.IncidentView> incident,
        Map<String, String> index) {

    static SagaSummary of(SagaInstance saga) {
        Optional<Outstanding> command = saga.outstanding();
        return new SagaSummary(
                saga.id().value(),
                saga.definition().name(),
                saga.definition().version(),
                saga.id().businessKey(),
                saga.phase().name(),
                saga.revision(),
                saga.startedAt(),
                saga.time(),
                saga.endedAt(),
                command.map(it -> it.execution().path()),
                command.map(it -> it.command().participant()),
                saga.failure().map(StatusWriter::failure),
                saga.incident().map(StatusWriter::incident),
                saga.index());
    }
}
