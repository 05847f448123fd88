package io.clew.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is awaited, and what arrives: in time, early or late. */
final class Awaiting {
    private Awaiting() {}

    /** Begins an await; what has arrived before it is taken at once. */
    static void begin(Draft draft, Await await, String path, int execution) {
        Instant dueAt = draft.now.plus(await.timeout().orElse(draft.definition.deadline()));
        draft.emit(
                new SagaEvent.WaitBegun(
                        path,
                        execution,
                        Waiting.Kind.ARRIVAL,
                        dueAt,
                        await.compensation().isPresent()));
        for (Arrival arrival : draft.saga().arrivals().held()) {
            if (isMeant(draft, await, path, arrival)) {
                taken(draft, arrival, path, execution);
                return;
            }
        }
    }

    /** Nothing has come in time. */
    static void timedOut(Draft draft, Waiting wait) {
        Await await = await(draft, wait.path());
        String reason = "nothing came on " + await.channel() + " by " + draft.now;
        Failure failure = new Failure(Failure.TIMED_OUT, reason, wait.path());
        Forward.refused(draft, Execution.action(wait.path(), wait.execution()), failure);
    }

    static Optional<Rejection> take(Draft draft, SagaInstance saga, Arrival arrival) {
        if (saga.phase().ended()) {
            return Optional.of(Rejection.SAGA_ENDED);
        }
        if (saga.isProvisional()) {
            return Optional.of(Rejection.NOT_AWAITED);
        }
        if (saga.arrivals().knows(arrival.id())) {
            return Optional.of(Rejection.ARRIVAL_REPEATED);
        }
        for (Waiting wait : saga.waits()) {
            if (wait.kind() == Waiting.Kind.ARRIVAL && isMeant(draft, wait.path(), arrival)) {
                Forward.resolveIncident(draft, wait.path());
                taken(draft, arrival, wait.path(), wait.execution());
                Forward.proceed(draft);
                return Optional.empty();
            }
        }
        return late(draft, saga, arrival) ? Optional.empty() : early(draft, saga, arrival);
    }

    private static void taken(Draft draft, Arrival arrival, String path, int execution) {
        draft.emit(new SagaEvent.ArrivalTaken(arrival.id()));
        draft.emit(new SagaEvent.StepSucceeded(path, execution, Optional.of(arrival.value())));
    }

    /**
     * What is no longer waited for is taken back at once if the saga went on without it, or in its
     * turn if the saga is being taken back.
     */
    private static boolean late(Draft draft, SagaInstance saga, Arrival arrival) {
        List<StepRecord> steps = saga.steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepRecord record = steps.get(i);
            if (isGivenUp(record) && isMeant(draft, record.path(), arrival)) {
                draft.emit(new SagaEvent.ArrivalTaken(arrival.id()));
                draft.emit(
                        new SagaEvent.LateSuccess(
                                record.path(), record.execution(), Optional.of(arrival.value())));
                Forward.resolveIncident(draft, record.path());
                Forward.proceed(draft);
                return true;
            }
        }
        return false;
    }

    private static boolean isGivenUp(StepRecord record) {
        return !record.undone()
                && (record.status() == StepRecord.Status.REFUSED
                        || record.status() == StepRecord.Status.CANCELLED);
    }

    /** What may still be awaited is held for it. */
    private static Optional<Rejection> early(Draft draft, SagaInstance saga, Arrival arrival) {
        boolean awaited = draft.definition.awaits().stream().anyMatch(it -> accepts(it, arrival));
        if (!awaited) {
            return Optional.of(Rejection.NOT_AWAITED);
        }
        if (saga.arrivals().held().size() >= Arrivals.HELD) {
            return Optional.of(Rejection.TOO_MANY_HELD);
        }
        draft.emit(new SagaEvent.ArrivalHeld(arrival));
        return Optional.empty();
    }

    private static boolean accepts(Await await, Arrival arrival) {
        return await.channel().equals(arrival.channel()) && await.type().equals(arrival.type());
    }

    private static boolean isMeant(Draft draft, String path, Arrival arrival) {
        return draft.definition.place(path).leaf() instanceof Await await
                && isMeant(draft, await, path, arrival);
    }

    private static boolean isMeant(Draft draft, Await await, String path, Arrival arrival) {
        return accepts(await, arrival)
                && (await.match().isEmpty()
                        || await.match()
                                .get()
                                .of(
                                        draft.scope(
                                                path,
                                                Optional.empty(),
                                                Optional.of(arrival.value()))));
    }

    private static Await await(Draft draft, String path) {
        if (draft.definition.place(path).leaf() instanceof Await await) {
            return await;
        }
        throw new IllegalStateException("Expected an await but got " + path);
    }
}
