package io.clew.saga;

import java.util.List;

/** Taking back, newest first. */
final class Backward {
    private Backward() {}

    static void start(Draft draft, Failure cause, Reach reach) {
        draft.emit(new SagaEvent.CompensationStarted(cause, reach));
        unwind(draft);
    }

    /**
     * Goes on once a compensation is settled: backward, or forward if it was one of a late event.
     */
    private static void proceed(Draft draft) {
        if (draft.saga().state() instanceof SagaState.Compensating) {
            unwind(draft);
        } else {
            Forward.proceed(draft);
        }
    }

    /** Decides the compensation of the newest action that is still owed one, or ends. */
    static void unwind(Draft draft) {
        SagaInstance saga = draft.saga();
        if (!(saga.state() instanceof SagaState.Compensating back)) {
            throw new IllegalStateException("Expected to compensate but " + saga.state());
        }
        List<StepRecord> steps = saga.steps();
        for (int i = steps.size() - 1; i >= back.reach().floor(); i--) {
            StepRecord record = steps.get(i);
            if (record.owesCompensation()) {
                decide(draft, record, back.cause());
                return;
            }
        }
        switch (back.reach()) {
            case Reach.Everything ignored -> draft.emit(new SagaEvent.SagaCompensated());
            case Reach.Since since -> {
                draft.emit(new SagaEvent.TakenBack(since.name(), since.kept()));
                Forward.proceed(draft);
            }
            case Reach.Nothing ignored ->
                    throw new IllegalStateException("Expected something to take back");
        }
    }

    static void decide(Draft draft, StepRecord record, Failure why) {
        String path = record.path();
        int number = draft.saga().compensations(path) + 1;
        draft.decideCompensation(Execution.compensation(path, number, record.execution()), why);
    }

    static void succeeded(Draft draft, Execution execution, boolean byHand) {
        Forward.resolveIncident(draft, execution.path());
        draft.emit(
                new SagaEvent.CompensationSucceeded(
                        execution.path(), execution.compensates(), byHand));
        proceed(draft);
    }

    static void refused(Draft draft, Execution execution, Outcome.Failed refusal) {
        Forward.resolveIncident(draft, execution.path());
        Failure failure = new Failure(refusal.code(), refusal.reason(), execution.path());
        draft.emit(
                new SagaEvent.CompensationRefused(
                        execution.path(), execution.compensates(), failure));
        hold(
                draft,
                Incident.Code.COMPENSATION_REFUSED,
                "the compensation of "
                        + failure.step()
                        + " was refused ("
                        + failure.code()
                        + "); mend the cause, then retry it, or skip it once it is done by hand",
                execution.path());
    }

    /** An error reply of the current attempt. */
    static void erred(Draft draft, Outstanding command, Delivery.Sent sent, Outcome.Erred error) {
        String path = command.execution().path();
        Failure failure = new Failure(error.code(), error.reason(), path);
        int errors = command.errors() + 1;
        Waits waits = Waits.of(draft.definition, draft.saga(), command);
        draft.emit(
                new SagaEvent.ErrorReported(
                        command.execution(),
                        failure,
                        errors,
                        waits.backingOff(sent, errors, draft.now)));
        if (errors >= waits.spec().retry().attempts()) {
            hold(
                    draft,
                    Incident.Code.COMPENSATION_SPENT,
                    "the compensation of "
                            + path
                            + " got "
                            + errors
                            + " errors, the last "
                            + failure.code()
                            + "; mend the cause, then retry it",
                    path);
        }
    }

    private static void hold(Draft draft, Incident.Code code, String reason, String path) {
        draft.emit(new SagaEvent.SagaHeld(new Incident(code, reason, path, draft.now)));
    }
}
