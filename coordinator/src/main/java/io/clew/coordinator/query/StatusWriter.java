package io.clew.coordinator.query;

import io.clew.saga.AllowedIntervention;
import io.clew.saga.ChildOf;
import io.clew.saga.ChildSagas;
import io.clew.saga.Delivery;
import io.clew.saga.Direction;
import io.clew.saga.Failure;
import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.Outstanding;
import io.clew.saga.Parent;
import io.clew.saga.PauseSubject;
import io.clew.saga.Phase;
import io.clew.saga.QueuedInput;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.StepRecord;
import io.clew.saga.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what a saga's rows mean, in the words of the API. */
final class StatusWriter {

    private StatusWriter() {}

    static SagaStatus status(
            SagaInstance saga,
            Optional<SagaDefinition> definition,
            Optional<SagaStatus.ResultView> result,
            EngineView.Rows.Here rows) {
        return new SagaStatus(
                saga.id().value(),
                saga.definition().name(),
                saga.definition().version(),
                saga.id().businessKey(),
                saga.phase().name(),
                saga.revision(),
                saga.run(),
                Optional.of(saga.startedAt()),
                Optional.of(saga.time()),
                Optional.of(saga.deadline()),
                saga.endedAt(),
                saga.pausedAt(),
                Optional.empty(),
                current(saga),
                saga.currentCommands(),
                waitsFor(saga, rows),
                saga.failure().map(StatusWriter::failure),
                lastFailure(saga).map(StatusWriter::failure),
                result,
                done(saga),
                undone(saga),
                saga.incident().or(rows::noted).map(StatusWriter::incident),
                allowed(saga, definition, rows),
                saga.index(),
                saga.traceparent().map(StatusWriter::traceId),
                saga.childOf().map(ChildOf::parent).map(StatusWriter::parent),
                new SagaStatus.PositionView(saga.position().partition(), saga.position().offset()),
                source(rows.source()));
    }

    private static List<String> allowed(
            SagaInstance saga, Optional<SagaDefinition> definition, EngineView.Rows.Here rows) {
        Set<AllowedIntervention> allowed = EnumSet.noneOf(AllowedIntervention.class);
        definition.ifPresent(it -> allowed.addAll(AllowedIntervention.of(it, saga)));
        rows.noted().ifPresent(it -> allowed.add(AllowedIntervention.RETRY));
        return allowed.stream().map(AllowedIntervention::word).toList();
    }

    /** All that is known is what is kept for it, and why: little, but never nothing. */
    static SagaStatus withoutInstance(SagaId saga, Incident incident, EngineView.Rows.Here rows) {
        return new SagaStatus(
                saga.value(),
                saga.definition(),
                0,
                businessKey(saga),
                Phase.HELD.name(),
                0,
                0,
                Optional.empty(),
                Optional.of(incident.raisedAt()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                withoutInstance(incident, rows),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(incident(incident)),
                List.of(AllowedIntervention.RETRY.word()),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new SagaStatus.PositionView(rows.partition(), -1),
                source(rows.source()));
    }

    /** What nobody of ours has sent may have any id. */
    static String businessKey(SagaId saga) {
        try {
            return saga.businessKey();
        } catch (IllegalArgumentException bad) {
            return saga.value().substring(saga.definition().length() + 1);
        }
    }

    private static List<SagaStatus.WaitsFor> withoutInstance(
            Incident incident, EngineView.Rows.Here rows) {
        List<SagaStatus.WaitsFor> waits = new ArrayList<>();
        rows.queued().map(StatusWriter::kept).ifPresent(waits::add);
        rows.unreadable()
                .map(it -> wait("coordinator", "one that can read its row: " + it))
                .ifPresent(waits::add);
        waits.add(wait("intervention", incident.reason()));
        return waits;
    }

    /** What is left of a saga that is no longer kept. */
    static SagaStatus status(Marker marker, EngineView.Rows.Here rows) {
        return new SagaStatus(
                marker.id().value(),
                marker.definition().name(),
                marker.definition().version(),
                marker.id().businessKey(),
                marker.outcome().name(),
                marker.revision(),
                marker.run(),
                Optional.of(Instant.ofEpochMilli(marker.run())),
                Optional.empty(),
                Optional.empty(),
                Optional.of(marker.endedAt()),
                Optional.empty(),
                Optional.of(marker.expiresAt()),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new SagaStatus.PositionView(rows.partition(), -1),
                source(rows.source()));
    }

    static SagaStatus.IncidentView incident(Incident incident) {
        return new SagaStatus.IncidentView(
                incident.code().name(), incident.reason(), incident.step(), incident.raisedAt());
    }

    static SagaStatus.FailureView failure(Failure failure) {
        return new SagaStatus.FailureView(failure.code(), failure.reason(), failure.step());
    }

    /** The trace id inside a W3C trace context. */
    static String traceId(String traceparent) {
        String[] parts = traceparent.split("-", -1);
        return parts.length > 1 ? parts[1] : traceparent;
    }

    private static List<SagaStatus.CurrentStep> current(SagaInstance saga) {
        List<SagaStatus.CurrentStep> steps = new ArrayList<>();
        saga.outstanding().forEach(it -> steps.add(current(saga, it)));
        saga.waits().forEach(it -> steps.add(current(it)));
        return steps;
    }

    /** Nobody was asked, so there is no participant. */
    private static SagaStatus.CurrentStep current(Waiting wait) {
        return new SagaStatus.CurrentStep(
                wait.path(),
                Direction.ACTION.wireName(),
                Optional.empty(),
                Optional.empty(),
                wait.execution(),
                0,
                0,
                wait.pausedBy().isPresent() ? "paused" : "waiting",
                Optional.empty(),
                Optional.empty());
    }

    private static SagaStatus.CurrentStep current(SagaInstance saga, Outstanding command) {
        String state =
                switch (command.delivery()) {
                    case Delivery.Parked ignored -> "parked";
                    case Delivery.Sent ignored -> "sent";
                    case Delivery.BackingOff ignored -> "backing-off";
                    case Delivery.Paused paused -> missesTopic(paused) ? "parked" : "paused";
                    case Delivery.Stopped ignored -> "stopped";
                };
        return new SagaStatus.CurrentStep(
                command.execution().path(),
                command.execution().direction().wireName(),
                Optional.of(command.command().participant()),
                Optional.of(command.command().type()),
                command.execution().number(),
                command.attempt(),
                command.errors(),
                state,
                command.lastError().map(StatusWriter::failure),
                ChildSagas.of(saga, command).map(SagaId::value));
    }

    private static SagaStatus.ParentView parent(Parent parent) {
        return new SagaStatus.ParentView(parent.saga().value(), parent.path(), parent.execution());
    }

    private static SagaStatus.WaitsFor kept(QueuedInput input) {
        return wait(
                "input",
                "the input at offset "
                        + input.raw().position().offset()
                        + ": "
                        + input.fault().orElse(input.waitsFor()));
    }

    private static List<SagaStatus.WaitsFor> waitsFor(
            SagaInstance saga, EngineView.Rows.Here rows) {
        List<SagaStatus.WaitsFor> waits = new ArrayList<>();
        rows.queued().map(StatusWriter::kept).ifPresent(waits::add);
        rows.noted().ifPresent(it -> waits.add(wait("intervention", it.reason())));
        if (saga.phase().ended()) {
            return waits;
        }
        if (saga.pausedAt().isPresent()) {
            waits.add(wait("intervention", "paused: resume lets it send again"));
        }
        saga.childOf()
                .filter(it -> saga.isProvisional())
                .ifPresent(it -> waits.add(wait("parent", "the end of " + it.parent().saga())));
        saga.incidents().forEach(it -> waits.add(wait("intervention", it.reason())));
        saga.outstanding().stream().flatMap(it -> waitsFor(it).stream()).forEach(waits::add);
        saga.waits().forEach(it -> waits.add(waitsFor(it)));
        return waits;
    }

    private static SagaStatus.WaitsFor waitsFor(Waiting wait) {
        if (wait.pausedBy().isPresent()) {
            return wait("resume", wait.path() + ": " + wait.pausedBy().get() + " is paused");
        }
        return switch (wait.kind()) {
            case TIME ->
                    new SagaStatus.WaitsFor(
                            "time", wait.path(), Optional.of(wait.dueAt()), Optional.empty());
            case ARRIVAL ->
                    new SagaStatus.WaitsFor(
                            "arrival", wait.path(), Optional.empty(), Optional.of(wait.dueAt()));
        };
    }

    private static Optional<SagaStatus.WaitsFor> waitsFor(Outstanding command) {
        String participant = command.command().participant();
        String detail =
                participant
                        + " on "
                        + command.command().type()
                        + (command.execution().direction() == Direction.COMPENSATION
                                ? " (compensation of "
                                : " (")
                        + command.execution().path()
                        + ")";
        return switch (command.delivery()) {
            case Delivery.Sent sent ->
                    Optional.of(
                            new SagaStatus.WaitsFor(
                                    "reply",
                                    detail + ", attempt " + command.attempt(),
                                    Optional.of(sent.silenceAt()),
                                    sent.giveUpAt()));
            case Delivery.BackingOff backing ->
                    Optional.of(
                            new SagaStatus.WaitsFor(
                                    "backoff",
                                    detail + ", after an error of attempt " + command.attempt(),
                                    Optional.of(backing.retryAt()),
                                    backing.giveUpAt()));
            case Delivery.Parked parked ->
                    Optional.of(
                            new SagaStatus.WaitsFor(
                                    "sendable",
                                    detail + " cannot be sent: " + parked.reason(),
                                    Optional.of(parked.retryAt()),
                                    Optional.empty()));
            case Delivery.Paused paused ->
                    Optional.of(
                            missesTopic(paused)
                                    ? wait(
                                            "sendable",
                                            detail + " cannot be sent: no " + paused.by())
                                    : wait(
                                            "resume",
                                            detail
                                                    + " stands still: "
                                                    + paused.by()
                                                    + " is paused"));
            case Delivery.Stopped ignored -> Optional.empty();
        };
    }

    private static boolean missesTopic(Delivery.Paused paused) {
        return paused.by().kind() == PauseSubject.Kind.TOPIC;
    }

    private static SagaStatus.WaitsFor wait(String what, String detail) {
        return new SagaStatus.WaitsFor(what, detail, Optional.empty(), Optional.empty());
    }

    /** The newest trouble there was: an error of the current command, a refusal, or its cause. */
    private static Optional<Failure> lastFailure(SagaInstance saga) {
        Optional<Failure> error =
                saga.outstanding().stream().flatMap(it -> it.lastError().stream()).findFirst();
        if (error.isPresent()) {
            return error;
        }
        for (int i = saga.steps().size() - 1; i >= 0; i--) {
            Optional<Failure> failure = saga.steps().get(i).failure();
            if (failure.isPresent()) {
                return failure;
            }
        }
        return saga.failure();
    }

    /** In the order they were done; what was taken back since is in both lists. */
    private static List<SagaStatus.StepView> done(SagaInstance saga) {
        return saga.steps().stream()
                .filter(
                        step ->
                                switch (step.status()) {
                                    case SUCCEEDED, SKIPPED, IN_DOUBT, COMPENSATING, COMPENSATED ->
                                            true;
                                    case OUTSTANDING, REFUSED, PASSED, CANCELLED -> false;
                                })
                .map(StatusWriter::view)
                .toList();
    }

    /** In the order they were taken back: the reverse of the order they were done in. */
    private static List<SagaStatus.StepView> undone(SagaInstance saga) {
        List<SagaStatus.StepView> undone = new ArrayList<>();
        for (int i = saga.steps().size() - 1; i >= 0; i--) {
            StepRecord step = saga.steps().get(i);
            if (step.status() == StepRecord.Status.COMPENSATED) {
                undone.add(view(step));
            }
        }
        return undone;
    }

    private static SagaStatus.StepView view(StepRecord step) {
        return new SagaStatus.StepView(
                step.path(),
                step.execution(),
                step.status().name(),
                step.failure().map(StatusWriter::failure));
    }

    private static SagaStatus.SourceView source(EngineView.Source source) {
        return new SagaStatus.SourceView(!source.active(), source.lag());
    }
}
