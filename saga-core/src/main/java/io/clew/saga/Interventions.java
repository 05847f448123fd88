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
        Optional<Rejection> rejection =
                rejection(draft.definition, saga, intervention)
                        .or(() -> migrating(draft, saga, intervention));
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
        if (!allowed(definition, saga).contains(AllowedIntervention.of(intervention.request()))) {
            return Optional.of(Rejection.NOT_ALLOWED);
        }
        return switch (intervention.request()) {
            case InterventionRequest.Skip skip -> skipping(definition, saga, intervention, skip);
            case InterventionRequest.Rewind rewind ->
                    canRewind(definition, saga, rewind.to())
                            ? Optional.empty()
                            : Optional.of(Rejection.NOT_ALLOWED);
            case InterventionRequest ignored -> Optional.empty();
        };
    }

    private static Optional<Rejection> migrating(
            Draft draft, SagaInstance saga, SagaInput.Intervention intervention) {
        boolean fits =
                !(intervention.request() instanceof InterventionRequest.Migrate)
                        || Migration.problems(draft.definition, draft.target(), saga).isEmpty();
        return fits ? Optional.empty() : Optional.of(Rejection.NOT_MIGRATABLE);
    }

    private static boolean isCurrent(String command, SagaInstance saga) {
        return saga.currentCommands().contains(command);
    }

    /** One incident is skipped, by the command it is about if there are several. */
    private static Optional<Rejection> skipping(
            SagaDefinition definition,
            SagaInstance saga,
            SagaInput.Intervention intervention,
            InterventionRequest.Skip skip) {
        List<Incident> meant = meant(saga, intervention);
        return switch (meant.size()) {
            case 0 -> Optional.of(Rejection.NOT_ALLOWED);
            case 1 ->
                    fits(definition, saga, meant.get(0).step(), skip.result())
                            ? Optional.empty()
                            : Optional.of(Rejection.BAD_RESULT);
            default -> Optional.of(Rejection.AMBIGUOUS);
        };
    }

    /** Later steps read the result of an action, so it is checked as a reply's is. */
    private static boolean fits(
            SagaDefinition definition, SagaInstance saga, String path, Optional<Bytes> result) {
        boolean action = saga.beingCompensated(path).isEmpty();
        return !action
                || definition
                        .leaf(path)
                        .filter(Step.class::isInstance)
                        .flatMap(it -> definition.step(path).action().result().problem(result))
                        .isEmpty();
    }

    private static List<Incident> meant(SagaInstance saga, SagaInput.Intervention intervention) {
        return saga.incidents().stream()
                .filter(Interventions::skippable)
                .filter(
                        it ->
                                intervention.command().isEmpty()
                                        || isAbout(saga, it, intervention.command().get()))
                .toList();
    }

    private static boolean isAbout(SagaInstance saga, Incident incident, String command) {
        return saga.refused(incident)
                        .filter(it -> Command.identity(saga.id(), saga.run(), it).equals(command))
                        .isPresent()
                || saga.outstanding().stream()
                        .map(Outstanding::execution)
                        .filter(it -> it.path().equals(incident.step()))
                        .anyMatch(
                                it -> Command.identity(saga.id(), saga.run(), it).equals(command));
    }

    /** Only to where nothing else was under way, and only as long as it can be taken back. */
    private static boolean canRewind(SagaDefinition definition, SagaInstance saga, String to) {
        return definition.leaf(to).isPresent()
                && definition.place(to).top()
                && saga.live(to).isPresent();
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
            case InterventionRequest.Retry ignored -> retry(draft, saga, intervention);
            case InterventionRequest.Skip skip ->
                    skip(draft, meant(saga, intervention).get(0), skip);
            case InterventionRequest.Cancel ignored -> cancel(draft, intervention);
            case InterventionRequest.Hold ignored ->
                    Stopping.request(draft, cancelled(intervention), new Reach.Nothing());
            case InterventionRequest.Rewind rewind -> rewind(draft, intervention, rewind.to());
            case InterventionRequest.Abandon ignored -> abandon(draft, intervention);
            case InterventionRequest.Pause ignored -> draft.emit(new SagaEvent.SagaPaused());
            case InterventionRequest.Resume ignored -> resume(draft, saga);
            case InterventionRequest.Migrate ignored -> migrate(draft);
        }
    }

    /** An incident of what the new version goes on without is over; others are told again. */
    private static void migrate(Draft draft) {
        draft.migrate(draft.target());
        for (Incident incident : draft.saga().incidents()) {
            boolean loop =
                    incident.code() == Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN
                            && draft.definition.leaf(incident.step()).isEmpty();
            boolean passed =
                    draft.saga()
                            .live(incident.step())
                            .filter(it -> it.status() == StepRecord.Status.REFUSED)
                            .filter(draft::isPassedOver)
                            .isPresent();
            if (loop || passed) {
                draft.emit(new SagaEvent.IncidentResolved(incident.code(), incident.step()));
            }
        }
        Forward.proceed(draft);
    }

    static Set<AllowedIntervention> allowed(SagaDefinition definition, SagaInstance saga) {
        Set<AllowedIntervention> allowed = EnumSet.noneOf(AllowedIntervention.class);
        if (saga.phase().ended()) {
            return allowed;
        }
        allowed.add(AllowedIntervention.ABANDON);
        if (!saga.isProvisional()) {
            allowed.add(AllowedIntervention.MIGRATE);
        }
        boolean paused = saga.pausedAt().isPresent();
        allowed.add(paused ? AllowedIntervention.RESUME : AllowedIntervention.PAUSE);
        if (!saga.incidents().isEmpty() && !paused) {
            allowed.add(AllowedIntervention.RETRY);
        }
        if (saga.incidents().stream().anyMatch(Interventions::skippable) && !paused) {
            allowed.add(AllowedIntervention.SKIP);
        }
        if (PointOfNoReturn.passed(definition, saga)) {
            return allowed;
        }
        switch (saga.state()) {
            case SagaState.Running running -> {
                boolean held = running.stop().filter(Interventions::isHold).isPresent();
                if (running.stop().isEmpty() && hasBegun(saga)) {
                    allowed.add(AllowedIntervention.HOLD);
                }
                if ((running.stop().isEmpty() || held) && hasBegun(saga)) {
                    allowed.add(AllowedIntervention.CANCEL);
                    allowed.add(AllowedIntervention.REWIND);
                }
            }
            case SagaState.Compensating back -> {
                if (back.reach() instanceof Reach.Since) {
                    allowed.add(AllowedIntervention.CANCEL);
                }
            }
            case SagaState.Provisional ignored -> {}
            case SagaState.Ended ignored -> {}
        }
        return allowed;
    }

    private static boolean isHold(SagaState.Stop stop) {
        return stop.reach() instanceof Reach.Nothing;
    }

    private static boolean hasBegun(SagaInstance saga) {
        return !saga.steps().isEmpty();
    }

    private static boolean skippable(Incident incident) {
        return switch (incident.code()) {
            case REFUSED_PAST_POINT_OF_NO_RETURN,
                    COMPENSATION_REFUSED,
                    COMPENSATION_SPENT,
                    NO_OUTCOME ->
                    true;
            case INPUT_FAULT, HELD_BY_OPERATOR -> false;
        };
    }

    /** What is stuck; if the command is named only that, else all of it. */
    private static void retry(Draft draft, SagaInstance saga, SagaInput.Intervention intervention) {
        for (Incident incident : saga.incidents()) {
            boolean meant =
                    intervention.command().isEmpty()
                            || isAbout(saga, incident, intervention.command().get());
            // What was tried again before may have ended it, or the saga.
            if (meant && draft.saga().incidents().contains(incident)) {
                retry(draft, incident);
            }
        }
    }

    private static void retry(Draft draft, Incident incident) {
        Optional<Execution> refused = draft.saga().refused(incident);
        Optional<Execution> stuck = stuck(draft.saga(), incident.step());
        draft.emit(new SagaEvent.IncidentResolved(incident.code(), incident.step()));
        switch (incident.code()) {
            case REFUSED_PAST_POINT_OF_NO_RETURN -> again(draft, incident, refused);
            case COMPENSATION_REFUSED -> compensateAgain(draft, incident);
            case COMPENSATION_SPENT, NO_OUTCOME -> stuck.ifPresent(draft::send);
            // The kept input is handed in again by the shell, right after this one.
            case INPUT_FAULT -> {}
            case HELD_BY_OPERATOR -> {
                draft.emit(new SagaEvent.StopLifted());
                Forward.proceed(draft);
            }
        }
    }

    /** What came late meanwhile is taken back before it. */
    private static void compensateAgain(Draft draft, Incident incident) {
        if (draft.saga().state() instanceof SagaState.Compensating) {
            Backward.unwind(draft);
        } else {
            draft.saga()
                    .beingCompensated(incident.step())
                    .ifPresent(it -> Backward.decide(draft, it, cause(draft, it)));
        }
    }

    private static Failure cause(Draft draft, StepRecord record) {
        return draft.saga()
                .failure()
                .or(record::failure)
                .orElse(new Failure(Failure.TIMED_OUT, "", record.path()));
    }

    private static void again(Draft draft, Incident incident, Optional<Execution> refused) {
        if (draft.definition.leaf(incident.step()).isEmpty()) {
            // A loop that could not be entered is tried again.
            Forward.proceed(draft);
            return;
        }
        int number = refused.orElseThrow().number() + 1;
        switch (draft.definition.place(incident.step()).leaf()) {
            case Step step -> draft.decide(step, Execution.action(incident.step(), number));
            case Await await -> {
                Awaiting.begin(draft, await, incident.step(), number);
                Forward.proceed(draft);
            }
            case Delay ignored -> {}
            case Savepoint ignored -> {}
        }
    }

    private static Optional<Execution> stuck(SagaInstance saga, String path) {
        return saga.outstanding().stream()
                .map(Outstanding::execution)
                .filter(it -> it.path().equals(path))
                .findFirst();
    }

    private static void skip(Draft draft, Incident incident, InterventionRequest.Skip skip) {
        String path = incident.step();
        Optional<StepRecord> back = draft.saga().beingCompensated(path);
        if (back.isPresent()) {
            StepRecord it = back.get();
            Backward.succeeded(
                    draft, Execution.compensation(path, it.compensations(), it.execution()), true);
            return;
        }
        Forward.resolveIncident(draft, path);
        if (draft.definition.leaf(path).isEmpty()) {
            draft.emit(new SagaEvent.TurnTaken(path, 0));
        } else {
            StepRecord record = draft.saga().live(path).orElseThrow();
            draft.emit(new SagaEvent.StepSkipped(path, record.execution(), skip.result()));
        }
        Forward.proceed(draft);
    }

    private static void cancel(Draft draft, SagaInput.Intervention intervention) {
        resolveHold(draft);
        Stopping.request(draft, cancelled(intervention), new Reach.Everything());
    }

    /** What it passes over is taken back first. */
    private static void rewind(Draft draft, SagaInput.Intervention intervention, String to) {
        StepRecord record = draft.saga().live(to).orElseThrow();
        int kept = draft.saga().steps().indexOf(record);
        resolveHold(draft);
        Failure cause = new Failure(Failure.REWOUND, by(intervention), to);
        Stopping.request(draft, cause, new Reach.Since(to, kept));
    }

    static void resolveHold(Draft draft) {
        draft.saga()
                .incident(Incident.Code.HELD_BY_OPERATOR)
                .ifPresent(it -> draft.emit(new SagaEvent.IncidentResolved(it.code(), it.step())));
    }

    private static void abandon(Draft draft, SagaInput.Intervention intervention) {
        draft.emit(new SagaEvent.SagaAbandoned(cancelled(intervention)));
    }

    private static Failure cancelled(SagaInput.Intervention intervention) {
        return new Failure(Failure.CANCELLED, by(intervention), "");
    }

    private static String by(SagaInput.Intervention intervention) {
        return "by " + intervention.actor() + ": " + intervention.note();
    }

    private static void resume(Draft draft, SagaInstance saga) {
        Instant pausedAt = saga.pausedAt().orElseThrow();
        Duration pause = Duration.between(pausedAt, draft.now);
        draft.emit(new SagaEvent.SagaResumed());
        for (Outstanding command : saga.outstanding()) {
            Duration by = pause.plus(draft.stoodStill(command, pausedAt));
            draft.emit(
                    new SagaEvent.CommandResumed(
                            command.execution(), Timers.moved(command.delivery(), by)));
        }
        Timers.resume(draft);
    }
}
