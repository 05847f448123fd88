package io.clew.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.Rollout;
import io.clew.language.Fault;
import io.clew.saga.CommandSpec;
import io.clew.saga.SagaDefinition;
import io.clew.saga.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of a definition.
 *
 * @param active whether new sagas follow it that no candidate takes
 * @param state active, candidate, retired, or standby: it could be made active
 * @param share percent of the new sagas that follow it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DefinitionView(
        String name,
        int version,
        String sha256,
        boolean active,
        String state,
        int share,
        Instant appliedAt,
        Optional<String> appliedBy,
        TriggerView startedBy,
        Duration deadline,
        Duration retention,
        Duration uniqueFor,
        List<StepView> steps,
        Map<Integer, Long> startOffsets,
        Optional<String> source,
        Optional<List<FaultView>> warnings) {

    /** What starts its sagas. */
    public record TriggerView(String topic, String event) {}

    /** One step. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StepView(
            String step,
            String participant,
            String kind,
            String command,
            Optional<String> compensation) {}

    /** Something to mend in a definition. */
    public record FaultView(
            String severity, int line, int column, String path, String message, String remedy) {

        static FaultView of(Fault fault) {
            return new FaultView(
                    fault.severity().name().toLowerCase(Locale.ROOT),
                    fault.line(),
                    fault.column(),
                    fault.path(),
                    fault.message(),
                    fault.remedy());
        }
    }

    static DefinitionView of(
            AppliedDefinition applied,
            Rollout rollout,
            boolean withSource,
            Optional<List<Fault>> warnings) {
        SagaDefinition definition = applied.compiled().definition();
        return new DefinitionView(
                applied.ref().name(),
                applied.ref().version(),
                applied.ref().sha256(),
                isActive(applied, rollout),
                state(applied, rollout),
                rollout.share(applied.ref().version()),
                applied.appliedAt(),
                applied.appliedBy(),
                new TriggerView(applied.triggerTopic(), applied.compiled().trigger().eventType()),
                definition.deadline(),
                definition.retention(),
                definition.uniqueFor(),
                definition.steps().stream().map(DefinitionView::step).toList(),
                new TreeMap<>(applied.startOffsets()),
                withSource ? Optional.of(applied.source()) : Optional.empty(),
                warnings.map(list -> list.stream().map(FaultView::of).toList()));
    }

    private static boolean isActive(AppliedDefinition applied, Rollout rollout) {
        return rollout.active().equals(Optional.of(applied.ref().version()));
    }

    private static String state(AppliedDefinition applied, Rollout rollout) {
        int version = applied.ref().version();
        if (isActive(applied, rollout)) {
            return "active";
        }
        if (rollout.candidate().filter(it -> it.version() == version).isPresent()) {
            return "candidate";
        }
        return rollout.retired().contains(version) ? "retired" : "standby";
    }

    private static StepView step(Step step) {
        return new StepView(
                step.name(),
                step.action().participant(),
                step.kind().name().toLowerCase(Locale.ROOT),
                step.action().type(),
                step.compensation().map(CommandSpec::type));
    }
}
