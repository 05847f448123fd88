package io.clew.saga;

import java.util.Optional;

/** Forward work: which step is next, and what its outcome leads to. */
final class Forward {
    private Forward() {}

    /** Goes on with what is next, or ends the saga. */
    static void proceed(Draft draft) {
        SagaInstance saga = draft.saga();
        if (!(saga.state() instanceof SagaState.Running running)) {
            return;
        }
        if (running.stop().isPresent() && !draft.irreversible()) {
            Stopping.settle(draft);
            return;
        }
        if (running.stop().isPresent()) {
            // Asked for too late: the pivot it had to wait for has succeeded.
            draft.emit(new SagaEvent.StopLifted());
        }
        if (Walk.through(draft) && isSettled(draft.saga())) {
            AsChild.done(draft);
        }
    }

    private static boolean isSettled(SagaInstance saga) {
        return saga.outstanding().isEmpty() && !saga.owesByHand();
    }

    static void succeeded(Draft draft, Execution execution, Optional<Bytes> output) {
        resolveIncident(draft, execution.path());
        draft.emit(new SagaEvent.StepSucceeded(execution.path(), execution.number(), output));
        proceed(draft);
    }

    static void refused(Draft draft, Execution execution, Outcome.Failed refusal) {
        resolveIncident(draft, execution.path());
        refused(draft, execution, new Failure(refusal.code(), refusal.reason(), execution.path()));
    }

    /** A step was refused, or nothing came that was awaited. */
    static void refused(Draft draft, Execution execution, Failure failure) {
        boolean irreversible = draft.irreversible();
        draft.emit(new SagaEvent.StepRefused(execution.path(), execution.number(), failure));
        StepRecord record = draft.saga().live(execution.path()).orElseThrow();
        if (draft.isPassedOver(record)) {
            proceed(draft);
        } else if (irreversible) {
            draft.emit(new SagaEvent.SagaHeld(refusedTooLate(draft, failure)));
        } else if (stopping(draft.saga()).isPresent()) {
            Stopping.settle(draft);
        } else {
            var unused = triesAgain(draft, record);
        }
    }

    /**
     * Acts on a refusal by its policy: the step is tried again, or forward work ends.
     *
     * @return whether it is tried again
     */
    static boolean triesAgain(Draft draft, StepRecord refused) {
        Failure failure = refused.failure().orElseThrow();
        switch (draft.policyFor(refused, failure)) {
            case FailurePolicy.Retry retry
                    when draft.saga().tries(refused.path()) <= retry.times() -> {
                draft.decide(
                        draft.definition.step(refused.path()),
                        Execution.action(refused.path(), refused.execution() + 1));
                return true;
            }
            case FailurePolicy.RollbackTo rollback ->
                    Stopping.request(draft, failure, reach(draft.saga(), rollback));
            case FailurePolicy ignored -> Stopping.request(draft, failure, new Reach.Everything());
        }
        return false;
    }

    private static Optional<Reach> stopping(SagaInstance saga) {
        return saga.state() instanceof SagaState.Running running
                ? running.stop().map(SagaState.Stop::reach)
                : Optional.empty();
    }

    private static Reach reach(SagaInstance saga, FailurePolicy.RollbackTo rollback) {
        return saga.live(rollback.savepoint())
                .filter(it -> it.execution() <= rollback.max())
                .<Reach>map(it -> new Reach.Since(rollback.savepoint(), saga.steps().indexOf(it)))
                .orElseGet(Reach.Everything::new);
    }

    static Incident refusedTooLate(Draft draft, Failure failure) {
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
        draft.emit(
                new SagaEvent.ErrorReported(
                        command.execution(),
                        failure,
                        errors,
                        waits.backingOff(sent, errors, draft.now)));
        if (compensatable(draft, command) && (spent || isStopping(draft))) {
            String reason = "gave up after error " + failure.code() + ": " + failure.reason();
            giveUp(draft, command, new Failure(Failure.IN_DOUBT, reason, path));
        } else {
            warnIfUnanswered(draft, command, errors);
        }
    }

    /** Whether what is out is only waited for, to be taken back. */
    static boolean isStopping(Draft draft) {
        return stopping(draft.saga()).filter(it -> !(it instanceof Reach.Nothing)).isPresent();
    }

    /** In doubt from here: it is compensated as if it had been done. */
    static void giveUp(Draft draft, Outstanding command, Failure why) {
        Execution execution = command.execution();
        draft.emit(new SagaEvent.StepGivenUp(execution.path(), execution.number(), why));
        if (stopping(draft.saga()).isPresent()) {
            Stopping.settle(draft);
        } else {
            Stopping.request(draft, why, new Reach.Everything());
        }
    }

    /** Tells operators once about a command that must get an outcome and has not got one yet. */
    static void warnIfUnanswered(Draft draft, Outstanding command, int tries) {
        boolean bounded = compensatable(draft, command);
        int limit = Waits.of(draft.definition, draft.saga(), command).spec().retry().attempts();
        String path = command.execution().path();
        boolean known = draft.saga().incidents().stream().anyMatch(it -> it.step().equals(path));
        if (bounded || tries < limit || known) {
            return;
        }
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

    static void resolveIncident(Draft draft, String path) {
        for (Incident incident : draft.saga().incidents()) {
            if (incident.step().equals(path)) {
                draft.emit(new SagaEvent.IncidentResolved(incident.code(), path));
            }
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
}
