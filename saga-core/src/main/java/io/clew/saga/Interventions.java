package io.clew.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What operators can do to a saga, and when. */
final class Interventions {
    private Interventions() {}

    static Optional<Rejection> take(
            Draft draft, SagaInstance saga, SagaInput.Intervention intervention) {
        Optional<Operation> before = saga.operation(intervention.operationId());
        if (before.isPresent()) {
            return before.get().rejection().or(() -> Optional.of(Rejection.OPERATION_REPEATED));
        }
        Optional<Rejection> rejection = rejection(draft.definition, saga, intervention);
        if (rejection.isEmpty()) {
            apply(draft, saga, intervention);
        } else if (couldApplyLater(rejection.get(), saga, intervention)) {
            draft.emit(rejected(intervention, rejection.get()));
        } else {
            return rejection;
        }
        return Optional.empty();
    }

    private static Optional<Rejection> rejection(
            SagaDefinition definition, SagaInstance saga, SagaInput.Intervention intervention) {
        if (intervention.revision().filter(it -> it != saga.revision()).isPresent()) {
            return Optional.of(Rejection.REVISION_MISMATCH);
        }
        if (saga.phase().ended()) {
            return Optional.of(Rejection.SAGA_ENDED);
        }
        if (intervention.command().filter(it -> !isCurrent(it, saga)).isPresent()) {
            return Optional.of(Rejection.COMMAND_MISMATCH);
        }
        return allowed(definition, saga).contains(AllowedIntervention.of(intervention.request()))
                ? Optional.empty()
                : Optional.of(Rejection.NOT_ALLOWED);
    }

    private static boolean isCurrent(String command, SagaInstance saga) {
        return saga.currentCommand().filter(command::equals).isPresent();
    }

    /**
     * Whether the same call might be accepted one day: then its answer has to be remembered. A
     * revision that has passed never comes back, and nothing comes after an end.
     */
    private static boolean couldApplyLater(
            Rejection rejection, SagaInstance saga, SagaInput.Intervention intervention) {
        boolean passed = intervention.revision().filter(it -> it < saga.revision()).isPresent();
        return rejection != Rejection.SAGA_ENDED && !passed;
    }

    static SagaEvent rejected(SagaInput.Intervention intervention, Rejection reason) {
        return new SagaEvent.OperationRejected(
                intervention.operationId(),
                intervention.request().word(),
                intervention.actor(),
                intervention.note(),
                reason);
    }

    private static void apply(Draft draft, SagaInstance saga, SagaInput.Intervention intervention) {
        InterventionRequest request = intervention.request();
        draft.emit(
                new SagaEvent.OperationApplied(
                        intervention.operationId(),
                        request.word(),
                        intervention.actor(),
                        intervention.note()));
        switch (request) {
            case InterventionRequest.Retry ignored -> retry(draft, saga);
            case InterventionRequest.Skip skip -> skip(draft, saga, skip);
            case InterventionRequest.Cancel ignored -> cancel(draft, saga, intervention);
            case InterventionRequest.Abandon ignored -> abandon(draft, intervention);
            case InterventionRequest.Pause ignored -> draft.emit(new SagaEvent.SagaPaused());
            case InterventionRequest.Resume ignored -> resume(draft, saga);
        }
    }

    static Set<AllowedIntervention> allowed(SagaDefinition definition, SagaInstance saga) {
        Set<AllowedIntervention> allowed = EnumSet.noneOf(AllowedIntervention.class);
        if (saga.phase().ended()) {
            return allowed;
        }
        allowed.add(AllowedIntervention.ABANDON);
        boolean paused = saga.pausedAt().isPresent();
        allowed.add(paused ? AllowedIntervention.RESUME : AllowedIntervention.PAUSE);
        if (saga.incident().isPresent() && !paused) {
            allowed.add(AllowedIntervention.RETRY);
        }
        if (saga.incident().filter(Interventions::skippable).isPresent() && !paused) {
            allowed.add(AllowedIntervention.SKIP);
        }
        if (saga.state() instanceof SagaState.Running running
                && running.stop().isEmpty()
                && running.outstanding().isPresent()
                && !Forward.pastPointOfNoReturn(definition, saga)) {
            allowed.add(AllowedIntervention.CANCEL);
        }
        return allowed;
    }

    private static boolean skippable(Incident incident) {
        return switch (incident.code()) {
            case REFUSED_PAST_POINT_OF_NO_RETURN,
                    COMPENSATION_REFUSED,
                    COMPENSATION_SPENT,
                    NO_OUTCOME ->
                    true;
            case INPUT_FAULT -> false;
        };
    }

    private static void retry(Draft draft, SagaInstance saga) {
        Incident.Code code = saga.incident().orElseThrow().code();
        draft.emit(new SagaEvent.IncidentResolved());
        switch (code) {
            case REFUSED_PAST_POINT_OF_NO_RETURN -> Forward.decide(draft, lastStep(draft));
            case COMPENSATION_REFUSED -> Backward.unwind(draft);
            case COMPENSATION_SPENT, NO_OUTCOME -> draft.send();
            // The kept input is handed in again by the shell, right after this one.
            case INPUT_FAULT -> {}
        }
    }

    private static void skip(Draft draft, SagaInstance saga, InterventionRequest.Skip skip) {
        draft.emit(new SagaEvent.IncidentResolved());
        if (saga.state() instanceof SagaState.Compensating
                || saga.state() instanceof SagaState.Held held
                        && held.resumeTo() instanceof SagaState.Compensating) {
            StepRecord record = beingCompensated(draft.saga());
            draft.emit(
                    new SagaEvent.CompensationSucceeded(record.path(), record.execution(), true));
            Backward.unwind(draft);
            return;
        }
        StepRecord last = draft.saga().steps().get(draft.saga().steps().size() - 1);
        draft.emit(new SagaEvent.StepSkipped(last.path(), last.execution(), skip.result()));
        Forward.advance(draft);
    }

    private static StepRecord beingCompensated(SagaInstance saga) {
        return saga.steps().stream()
                .filter(step -> step.status() == StepRecord.Status.COMPENSATING)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static void cancel(
            Draft draft, SagaInstance saga, SagaInput.Intervention intervention) {
        Outstanding command = saga.outstanding().orElseThrow();
        Failure cause = cancelled(intervention);
        if (Forward.compensatable(draft, command) && !mayBeOut(command.delivery())) {
            Forward.giveUp(draft, command, cause);
        } else {
            draft.emit(new SagaEvent.StopRequested(cause));
        }
    }

    /** Whether the command's outcome is waited for. */
    private static boolean mayBeOut(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Sent ignored -> true;
            case Delivery.Paused paused ->
                    paused.resumeTo().filter(Interventions::mayBeOut).isPresent();
            case Delivery.Parked ignored -> false;
            case Delivery.BackingOff ignored -> false;
            case Delivery.Stopped ignored -> false;
        };
    }

    private static void abandon(Draft draft, SagaInput.Intervention intervention) {
        draft.emit(new SagaEvent.SagaAbandoned(cancelled(intervention)));
    }

    private static Failure cancelled(SagaInput.Intervention intervention) {
        String reason = "by " + intervention.actor() + ": " + intervention.note();
        return new Failure(Failure.CANCELLED, reason, "");
    }

    private static void resume(Draft draft, SagaInstance saga) {
        Instant pausedAt = saga.pausedAt().orElseThrow();
        Duration pause = Duration.between(pausedAt, draft.now);
        Optional<Delivery> moved =
                saga.outstanding()
                        .map(
                                it ->
                                        Timers.moved(
                                                it.delivery(),
                                                pause.plus(draft.stoodStill(it, pausedAt))));
        draft.emit(new SagaEvent.SagaResumed(moved));
        Timers.resume(draft);
    }

    private static Step lastStep(Draft draft) {
        List<StepRecord> steps = draft.saga().steps();
        return draft.definition.step(steps.get(steps.size() - 1).path());
    }
}
