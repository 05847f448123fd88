package io.clew.saga;

import java.util.List;

/** Taking back, newest first. */
final class Backward {
    private Backward() {}

    static void start(Draft draft, Failure cause) {
        draft.emit(new SagaEvent.CompensationStarted(cause));
        unwind(draft);
    }

    /** Decides the compensation of the newest action that is still owed one, or ends the saga. */
    static void unwind(Draft draft) {
        List<StepRecord> steps = draft.saga().steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepRecord record = steps.get(i);
            if (record.owesCompensation()) {
                decide(draft, record);
                return;
            }
        }
        draft.emit(new SagaEvent.SagaCompensated());
    }

    private static void decide(Draft draft, StepRecord record) {
        Step step = draft.definition.step(record.path());
        Execution execution =
                Execution.compensation(
                        record.path(), record.compensations() + 1, record.execution());
        draft.decide(step, step.compensation().orElseThrow(), execution);
        draft.send();
    }

    static void succeeded(Draft draft, Execution execution, boolean byHand) {
        Forward.resolveIncident(draft);
        draft.emit(
                new SagaEvent.CompensationSucceeded(
                        execution.path(), execution.compensates(), byHand));
        unwind(draft);
    }

    static void refused(Draft draft, Execution execution, Outcome.Failed refusal) {
        Forward.resolveIncident(draft);
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
                        failure, errors, waits.backingOff(sent, errors, draft.now)));
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
