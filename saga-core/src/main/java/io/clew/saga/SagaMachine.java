package io.clew.saga;

import java.util.Optional;

/**
 * The deterministic state machine: one input, one decision. Pure: what it decides follows from its
 * arguments alone, and {@link Pauses} only decide whether what is frozen is sent now or held.
 *
 * <p>Compensation in reverse order after Garcia-Molina and Salem, "Sagas", SIGMOD 1987.
 */
public final class SagaMachine {
    /** The rules this class follows; the ingress stamps new sagas with it. */
    public static final int LOGIC_VERSION = 1;

    private SagaMachine() {}

    /** Decides on a trigger for a saga id that is free. */
    public static Decision start(
            SagaDefinition definition, Inbound in, SagaInput.Trigger trigger, Pauses pauses) {
        Draft draft = Draft.ofStart(definition, in, trigger, pauses);
        Forward.proceed(draft);
        return draft.finish();
    }

    /** Decides on any input for a saga that exists. */
    public static Decision decide(
            SagaDefinition definition, SagaInstance saga, Inbound in, Pauses pauses) {
        Draft draft = Draft.of(definition, saga, in, pauses);
        Optional<Rejection> rejection =
                switch (in.input()) {
                    case SagaInput.Trigger ignored -> resume(draft, saga, in);
                    case SagaInput.Reply reply -> Replies.take(draft, saga, reply);
                    case SagaInput.Arrived arrived -> Awaiting.take(draft, saga, arrived.arrival());
                    case SagaInput.TimerFired fired -> timer(draft, saga, fired);
                    case SagaInput.Intervention intervention ->
                            Interventions.take(draft, saga, intervention);
                    case SagaInput.TakeBack ask -> AsChild.takeBack(draft, saga, ask);
                    case SagaInput.ParentEnded ended -> AsChild.parentEnded(draft, saga, ended);
                };
        if (rejection.isPresent()) {
            return new Decision.Rejected(rejection.get());
        }
        if (expired(definition, draft, in)) {
            return new Decision.Expired();
        }
        return draft.finish();
    }

    /**
     * Notes that {@code in} made {@link #decide} throw: the saga stands still, with the input kept,
     * until an operator's retry.
     */
    public static Decision fault(
            SagaDefinition definition, Optional<SagaInstance> saga, Inbound in, String what) {
        Draft draft =
                saga.map(it -> Draft.of(definition, it, in, Pauses.NONE))
                        .orElseGet(
                                () ->
                                        Draft.ofStart(
                                                definition,
                                                in,
                                                (SagaInput.Trigger) in.input(),
                                                Pauses.NONE));
        draft.emit(
                new SagaEvent.IncidentRaised(
                        Incident.ofInput(in.input().kind(), in.position(), what, draft.now)));
        return draft.finish();
    }

    /** A trigger whose first decision failed before and is handed in again. */
    private static Optional<Rejection> resume(Draft draft, SagaInstance saga, Inbound in) {
        boolean kept =
                saga.run() == in.timestamp().toEpochMilli()
                        && saga.steps().isEmpty()
                        && saga.state() instanceof SagaState.Running;
        if (!kept) {
            return Optional.of(Rejection.KEY_TAKEN);
        }
        Forward.proceed(draft);
        return Optional.empty();
    }

    private static Optional<Rejection> timer(
            Draft draft, SagaInstance saga, SagaInput.TimerFired fired) {
        if (saga.phase().ended()) {
            return expired(draft) || saga.timer().equals(Optional.of(fired.dueAt()))
                    ? Optional.empty()
                    : Optional.of(Rejection.NOTHING_DUE);
        }
        Timers.fire(draft);
        boolean live = saga.timer().equals(Optional.of(fired.dueAt()));
        return draft.unchanged() && !live ? Optional.of(Rejection.NOTHING_DUE) : Optional.empty();
    }

    private static boolean expired(SagaDefinition definition, Draft draft, Inbound in) {
        return in.input() instanceof SagaInput.TimerFired
                && draft.unchanged()
                && Timers.nextDue(definition, draft.saga()).filter(draft::reached).isPresent()
                && draft.saga().phase().ended();
    }

    private static boolean expired(Draft draft) {
        return Timers.nextDue(draft.definition, draft.saga()).filter(draft::reached).isPresent();
    }
}
