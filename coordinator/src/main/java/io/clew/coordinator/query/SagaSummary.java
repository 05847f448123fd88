package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clew.saga.Incident;
import io.clew.saga.Outstanding;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.Waiting;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a list of sagas. Of one whose row cannot be read, or that has not started, there is
 * little: version and revision are 0 then.
 *
 * @param unreadable why its row cannot be read, if that is so
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SagaSummary(
        String sagaId,
        String definition,
        int version,
        String businessKey,
        String phase,
        long revision,
        Optional<Instant> startedAt,
        Optional<Instant> updatedAt,
        Optional<Instant> endedAt,
        Optional<String> currentStep,
        Optional<String> participant,
        Optional<SagaStatus.FailureView> failure,
        Optional<SagaStatus.IncidentView> incident,
        Optional<String> unreadable,
        Map<String, String> index) {

    static SagaSummary of(SagaId saga, EngineView.Rows.Here rows) {
        return rows.instance()
                .map(instance -> of(instance, rows))
                .orElseGet(() -> withoutInstance(saga, rows));
    }

    private static SagaSummary of(SagaInstance saga, EngineView.Rows.Here rows) {
        Optional<Outstanding> command = saga.outstanding().stream().findFirst();
        return new SagaSummary(
                saga.id().value(),
                saga.definition().name(),
                saga.definition().version(),
                saga.id().businessKey(),
                saga.phase().name(),
                saga.revision(),
                Optional.of(saga.startedAt()),
                Optional.of(saga.time()),
                saga.endedAt(),
                command.map(it -> it.execution().path())
                        .or(() -> saga.waits().stream().map(Waiting::path).findFirst()),
                command.map(it -> it.command().participant()),
                saga.failure().map(StatusWriter::failure),
                saga.incident().or(rows::noted).map(StatusWriter::incident),
                Optional.empty(),
                saga.index());
    }

    private static SagaSummary withoutInstance(SagaId saga, EngineView.Rows.Here rows) {
        return new SagaSummary(
                saga.value(),
                saga.definition(),
                0,
                StatusWriter.businessKey(saga),
                Phase.HELD.name(),
                0,
                Optional.empty(),
                rows.noted().map(Incident::raisedAt),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                rows.noted().map(StatusWriter::incident),
                rows.unreadable(),
                Map.of());
    }
}
