package io.clew.saga;

import java.util.List;
import java.util.Optional;

/** Forward work: which step is next, and what its outcome leads to. */
final class Forward {
    private Forward() {}

    /** Decides the next step, or ends the saga. Nothing is outstanding. */
    static void advance(Draft draft) {
        SagaInstance saga = draft.saga();
        SagaDefinition definition = draft.definition;
        boolean reversible = !pastPointOfNoReturn(definition, saga);
        Optional<Failure> stop = saga.failure();
        if (reversible && stop.isPresent()) {
            Backward.start(draft, stop.get());
            return;
        }
        int next = nextIndex(definition, saga.steps());
        if (next == definition.steps().size()) {
            draft.emit(new SagaEvent.SagaCompleted());
        } else if (reversible && draft.reached(saga.deadline())) {
            Backward.start(draft, deadlinePassed(saga));
        } else {
            decide(draft, definition.steps().get(next));
        }
    }

    private static int nextIndex(SagaDefinition definition, List<StepRecord> steps) {
        return steps.isEmpty() ? 0 : definition.indexOf(steps.get(steps.size() - 1).path()) + 1;
    }

    static void decide(Draft draft, Step step) {
        freeze(draft, step);
        draft.send();
    }

    private static void freeze(Draft draft, Step step) {
        int number = executions(draft.saga(), step.name()) + 1;
        draft.decide(step, step.action(), Execution.action(step.name(), number));
    }

    private static int executions(SagaInstance saga, String path) {
        return (int) saga.steps().stream().filter(step -> step.path().equals(path)).count();
    }

    static void succeeded(Draft draft, Execution execution, Optional<Bytes> output) {
        resolveIncident(draft);
        draft.emit(new SagaEvent.StepSucceeded(execution.path(), execution.number(), output));
        advance(draft);
    }

    static void refused(Draft draft, Execution execution, Outcome.Failed refusal) {
        resolveIncident(draft);
        Step step = draft.definition.step(execution.path());
        boolean irreversible = pastPointOfNoReturn(draft.definition, draft.saga());
        Failure failure = new Failure(refusal.code(), refusal.reason(), execution.path());
        draft.emit(new SagaEvent.StepRefused(execution.path(), execution.number(), failure));
        if (irreversible) {
            draft.emit(new SagaEvent.SagaHeld(refusedTooLate(draft, failure)));
            return;
        }
        Optional<Failure> stop = draft.saga().failure();
        if (stop.isPresent()) {
            Backward.start(draft, stop.get());
            return;
        }
        switch (step.policyFor(refusal.code())) {
            case FailurePolicy.Compensate ignored -> Backward.start(draft, failure);
            case FailurePolicy.Continue ignored -> advance(draft);
            case FailurePolicy.Retry retry -> {
                if (execution.number() > retry.times()) {
                    Backward.start(draft, failure);
                } else {
                    decide(draft, step);
                }
            }
        }
    }

    private static Incident refusedTooLate(Draft draft, Failure failure) {
        return new Incident(
                Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN,
                "step "
                        + failure.step()
                        + " was refused ("
                        + failure.code()
                        + ") past the point of"
                        + " no return; mend the cause, then retry it, or skip it",
                failure.step(),
                draft.now);
    }

    /** An error reply of the current attempt. */
    static void erred(Draft draft, Outstanding command, Delivery.Sent sent, Outcome.Erred error) {
        String path = command.execution().path();
        Failure failure = new Failure(error.code(), error.reason(), path);
        int errors = command.errors() + 1;
        Waits waits = Waits.of(draft.definition, draft.saga(), command);
        boolean spent = errors >= waits.spec().retry().attempts();
        boolean stopping = draft.saga().failure().isPresent();
        draft.emit(
                new SagaEvent.ErrorReported(
                        failure, errors, waits.backingOff(sent, errors, draft.now)));
        if (compensatable(draft, command) && (spent || stopping)) {
            String reason = "gave up after error " + failure.code() + ": " + failure.reason();
            giveUp(draft, command, new Failure(Failure.IN_DOUBT, reason, path));
        } else {
            warnIfUnanswered(draft, command, errors);
        }
    }

    /** In doubt from here: it is compensated as if it had been done. */
    static void giveUp(Draft draft, Outstanding command, Failure why) {
        Execution execution = command.execution();
        Failure cause = draft.saga().failure().orElse(why);
        draft.emit(new SagaEvent.StepGivenUp(execution.path(), execution.number(), why));
        Backward.start(draft, cause);
    }

    /** Tells operators once about a command that must get an outcome and has not got one yet. */
    static void warnIfUnanswered(Draft draft, Outstanding command, int tries) {
        boolean bounded = compensatable(draft, command);
        int limit = Waits.of(draft.definition, draft.saga(), command).spec().retry().attempts();
        if (bounded || tries < limit || draft.saga().incident().isPresent()) {
            return;
        }
        String path = command.execution().path();
        String reason =
                command.command().participant()
                        + " has given no outcome of "
                        + path
                        + " after "
                        + tries
                        + " tries; it is still being sent";
        draft.emit(
                new SagaEvent.IncidentRaised(
                        new Incident(Incident.Code.NO_OUTCOME, reason, path, draft.now)));
    }

    static void resolveIncident(Draft draft) {
        if (draft.saga().incident().isPresent()) {
            draft.emit(new SagaEvent.IncidentResolved());
        }
    }

    /** Whether this is an action that may be given up, since it can be taken back. */
    static boolean compensatable(Draft draft, Outstanding command) {
        Execution execution = command.execution();
        return execution.direction() == Direction.ACTION
                && draft.definition.step(execution.path()).compensatable();
    }

    static Failure deadlinePassed(SagaInstance saga) {
        return new Failure(Failure.DEADLINE, "not done by " + saga.deadline(), "");
    }

    /** Passed when a pivot has succeeded, or without one when a retriable step is decided. */
    static boolean pastPointOfNoReturn(SagaDefinition definition, SagaInstance saga) {
        boolean pivot = definition.hasPivot();
        for (StepRecord record : saga.steps()) {
            StepKind kind = definition.step(record.path()).kind();
            boolean done =
                    record.status() == StepRecord.Status.SUCCEEDED
                            || record.status() == StepRecord.Status.SKIPPED;
            if (pivot ? kind == StepKind.PIVOT && done : kind == StepKind.RETRIABLE) {
                return true;
            }
        }
        return false;
    }
}
