package io.clew.saga;

import java.util.List;

/**
 * The end of forward work: nothing new begins, awaits and delays are cancelled, what is out gets
 * its outcome or is given up, and then it is taken back.
 */
final class Stopping {
    private Stopping() {}

    /**
     * Asks for it; if it was asked for before, the wider reach counts. Who only stands still goes
     * on waiting.
     */
    static void request(Draft draft, Failure cause, Reach reach) {
        if (!(reach instanceof Reach.Nothing)) {
            cancelWaits(draft);
            giveUpUnsent(draft, cause);
        }
        ended(draft, cause, reach);
    }

    /** Asks for it, and waits for nothing that can be taken back. */
    static void atOnce(Draft draft, Failure cause) {
        cancelWaits(draft);
        for (Outstanding command : List.copyOf(draft.saga().outstanding())) {
            if (Forward.compensatable(draft, command)) {
                givenUp(draft, command, cause);
            }
        }
        ended(draft, cause, new Reach.Everything());
    }

    private static void ended(Draft draft, Failure cause, Reach reach) {
        boolean wider =
                !(draft.saga().state() instanceof SagaState.Running running)
                        || running.stop().filter(it -> it.reach().covers(reach)).isEmpty();
        boolean settled =
                draft.saga().state() instanceof SagaState.Running && isSettled(draft.saga(), reach);
        if (settled && !(reach instanceof Reach.Nothing) && wider) {
            Backward.start(draft, cause, reach);
            return;
        }
        if (wider) {
            draft.emit(new SagaEvent.StopRequested(cause, reach));
        }
        settle(draft);
    }

    /** Goes on to taking back once all that is outstanding is settled. */
    static void settle(Draft draft) {
        SagaInstance saga = draft.saga();
        if (!(saga.state() instanceof SagaState.Running running)
                || running.stop().isEmpty()
                || !isSettled(saga, running.stop().get().reach())) {
            return;
        }
        SagaState.Stop stop = running.stop().get();
        if (!(stop.reach() instanceof Reach.Nothing)) {
            Backward.start(draft, stop.cause(), stop.reach());
        } else if (saga.incident(Incident.Code.HELD_BY_OPERATOR).isEmpty()) {
            draft.emit(new SagaEvent.SagaHeld(heldByOperator(draft, stop.cause())));
        }
    }

    private static boolean isSettled(SagaInstance saga, Reach reach) {
        boolean waited = !saga.waits().isEmpty() && !(reach instanceof Reach.Nothing);
        return saga.outstanding().isEmpty() && !waited && !saga.owesByHand();
    }

    private static Incident heldByOperator(Draft draft, Failure cause) {
        return new Incident(
                Incident.Code.HELD_BY_OPERATOR,
                "held " + cause.reason() + "; retry lets it go on, cancel takes it back",
                "",
                draft.now);
    }

    private static void cancelWaits(Draft draft) {
        for (Waiting wait : List.copyOf(draft.saga().waits())) {
            draft.emit(new SagaEvent.WaitCancelled(wait.path(), wait.execution()));
        }
    }

    /** What is not out, and can be taken back, is not waited for. */
    private static void giveUpUnsent(Draft draft, Failure cause) {
        for (Outstanding command : List.copyOf(draft.saga().outstanding())) {
            if (Forward.compensatable(draft, command) && !mayBeOut(command.delivery())) {
                givenUp(draft, command, cause);
            }
        }
    }

    private static void givenUp(Draft draft, Outstanding command, Failure why) {
        Execution execution = command.execution();
        draft.emit(new SagaEvent.StepGivenUp(execution.path(), execution.number(), why));
    }

    /** Whether the command's outcome is waited for. */
    private static boolean mayBeOut(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Sent ignored -> true;
            case Delivery.Paused paused -> paused.resumeTo().filter(Stopping::mayBeOut).isPresent();
            case Delivery.Parked ignored -> false;
            case Delivery.BackingOff ignored -> false;
            case Delivery.Stopped ignored -> false;
        };
    }
}
