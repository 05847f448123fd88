package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one saga stands, as callers see it. Of one whose row cannot be read, or that has not
 * started, there is only the incident: version, revision and run are 0 then.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SagaStatus(
        String sagaId,
        String definition,
        int version,
        String businessKey,
        String phase,
        long revision,
        long run,
        Optional<Instant> startedAt,
        Optional<Instant> updatedAt,
        Optional<Instant> deadline,
        Optional<Instant> endedAt,
        Optional<Instant> pausedAt,
        Optional<Instant> keyTakenUntil,
        List<CurrentStep> currentSteps,
        List<String> commands,
        List<WaitsFor> waitsFor,
        Optional<FailureView> failure,
        Optional<FailureView> lastFailure,
        Optional<ResultView> result,
        List<StepView> done,
        List<StepView> undone,
        Optional<IncidentView> incident,
        List<String> allowedInterventions,
        Map<String, String> index,
        Optional<String> traceId,
        Optional<ParentView> parent,
        PositionView position,
        SourceView source) {

    /** A step that runs or is being taken back, an await or a delay. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record CurrentStep(
            String step,
            String direction,
            Optional<String> participant,
            Optional<String> command,
            int execution,
            int attempt,
            int errors,
            String state,
            Optional<FailureView> lastError,
            Optional<String> child) {}

    /** The step of another saga that started this one. */
    public record ParentView(String sagaId, String step, int execution) {}

    /** Something the saga cannot go on without, and what happens if it does not come in time. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record WaitsFor(
            String what, String detail, Optional<Instant> until, Optional<Instant> giveUpAt) {}

    /** Why something did not go on. */
    public record FailureView(String code, String reason, String step) {}

    /**
     * What has come of it, once all is done.
     *
     * @param type full name of its record
     * @param value its fields, as plain JSON
     */
    public record ResultView(String type, Map<String, @Nullable Object> value) {}

    /** An action execution and what became of it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StepView(
            String step, int execution, String status, Optional<FailureView> failure) {}

    /** Why an operator should look. */
    public record IncidentView(String code, String reason, String step, Instant raisedAt) {}

    /** The last input of the inbox that was applied. */
    public record PositionView(int partition, long offset) {}

    /** How current the answer is: the owner's, or a copy that is {@code lag} records behind. */
    public record SourceView(boolean standby, long lag) {}
}
