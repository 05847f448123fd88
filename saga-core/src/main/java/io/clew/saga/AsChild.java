package io.clew.saga;

import java.util.Optional;

/** What a child saga does at its parent's word, and what it answers. */
final class AsChild {
    static final String PAST_POINT_OF_NO_RETURN = "PAST_POINT_OF_NO_RETURN";
    private static final String ABANDONED = "ABANDONED";

    private AsChild() {}

    /** All is done; as long as its parent may take it back that is not final. */
    static void done(Draft draft) {
        Optional<Bytes> result = draft.result();
        boolean open = draft.saga().childOf().filter(it -> !it.parentEnded()).isPresent();
        draft.emit(open ? new SagaEvent.WorkDone(result) : new SagaEvent.SagaCompleted(result));
    }

    /** The parent takes back what the child has done. */
    static Optional<Rejection> takeBack(Draft draft, SagaInstance saga, SagaInput.TakeBack ask) {
        Optional<ChildOf> child = saga.childOf().filter(it -> it.parent().equals(ask.parent()));
        if (child.isEmpty()) {
            return Optional.of(Rejection.OTHER_PARENT);
        }
        if (saga.phase().ended()) {
            return Optional.of(Rejection.SAGA_ENDED);
        }
        // A pivot that was out may have succeeded since it was asked first.
        if (draft.irreversible()) {
            return Optional.of(Rejection.NOT_ALLOWED);
        }
        if (child.get().takingBack() >= ask.number()) {
            return Optional.of(Rejection.OPERATION_REPEATED);
        }
        Failure cause = new Failure(Failure.CANCELLED, "taken back by " + ask.parent().saga(), "");
        draft.emit(new SagaEvent.TakeBackAsked(ask.number()));
        switch (saga.state()) {
            case SagaState.Running ignored -> {
                Interventions.resolveHold(draft);
                Stopping.request(draft, cause, new Reach.Everything());
            }
            case SagaState.Compensating back -> {
                if (!(back.reach() instanceof Reach.Everything)) {
                    Stopping.request(draft, cause, new Reach.Everything());
                }
            }
            case SagaState.Provisional ignored ->
                    Backward.start(draft, cause, new Reach.Everything());
            case SagaState.Ended ignored -> {}
        }
        return Optional.empty();
    }

    /** Nobody can take it back any more. */
    static Optional<Rejection> parentEnded(
            Draft draft, SagaInstance saga, SagaInput.ParentEnded ended) {
        Optional<ChildOf> child = saga.childOf().filter(it -> it.parent().equals(ended.parent()));
        if (child.isEmpty()) {
            return Optional.of(Rejection.OTHER_PARENT);
        }
        if (saga.phase().ended()) {
            return Optional.of(Rejection.SAGA_ENDED);
        }
        if (child.get().parentEnded()) {
            return Optional.of(Rejection.OPERATION_REPEATED);
        }
        draft.emit(new SagaEvent.ParentEnded());
        if (saga.state() instanceof SagaState.Provisional done) {
            draft.emit(new SagaEvent.SagaCompleted(done.result()));
        }
        return Optional.empty();
    }

    /**
     * What it tells its parent once it stands like this, asked or not; nothing while it is busy.
     */
    static Optional<SagaInput.Reply> word(SagaInstance saga) {
        return saga.childOf().filter(it -> !it.parentEnded()).flatMap(it -> word(saga, it));
    }

    private static Optional<SagaInput.Reply> word(SagaInstance saga, ChildOf child) {
        boolean back = child.takingBack() > 0;
        Optional<Outcome> outcome =
                switch (saga.state()) {
                    case SagaState.Provisional done ->
                            Optional.of(back ? tooLate(saga) : success(done.result()));
                    case SagaState.Completed done ->
                            Optional.of(back ? tooLate(saga) : success(done.result()));
                    case SagaState.Compensated compensated ->
                            Optional.of(back ? takenBack() : refusal(compensated.cause()));
                    case SagaState.Abandoned ignored -> Optional.of(abandoned());
                    case SagaState.Running ignored -> Optional.empty();
                    case SagaState.Compensating ignored -> Optional.empty();
                };
        return outcome.map(it -> reply(child.parent(), child.takingBack(), 1, it));
    }

    /** What it answers to the parent's question, that changed nothing. */
    static Optional<SagaInput.Reply> answer(SagaInstance saga, Inbound in, Rejection why) {
        return switch (in.input()) {
            case SagaInput.Trigger trigger when isOwn(saga, trigger.call()) ->
                    Optional.of(
                            word(saga)
                                    .orElseGet(
                                            () ->
                                                    reply(
                                                            trigger.call().orElseThrow().parent(),
                                                            0,
                                                            trigger.call().orElseThrow().attempt(),
                                                            new Outcome.Progress())));
            case SagaInput.TakeBack ask when why != Rejection.OTHER_PARENT ->
                    Optional.of(answer(saga, ask, why));
            case SagaInput ignored -> Optional.empty();
        };
    }

    private static boolean isOwn(SagaInstance saga, Optional<ParentCall> call) {
        return call.isPresent()
                && saga.childOf().map(ChildOf::parent).equals(call.map(ParentCall::parent));
    }

    private static SagaInput.Reply answer(
            SagaInstance saga, SagaInput.TakeBack ask, Rejection why) {
        Outcome outcome =
                switch (saga.state()) {
                    case SagaState.Compensated ignored -> takenBack();
                    case SagaState.Abandoned ignored -> abandoned();
                    case SagaState.Completed ignored -> tooLate(saga);
                    case SagaState.Running ignored -> busy(saga, why);
                    case SagaState.Provisional ignored -> busy(saga, why);
                    case SagaState.Compensating ignored -> busy(saga, why);
                };
        return reply(ask.parent(), ask.number(), ask.attempt(), outcome);
    }

    private static Outcome busy(SagaInstance saga, Rejection why) {
        return why == Rejection.NOT_ALLOWED ? tooLate(saga) : new Outcome.Progress();
    }

    /**
     * What is answered to a start of a child of which only its outcome is kept. Its result is not,
     * and need not be: it was final since its parent has ended.
     */
    static SagaInput.Reply answer(ParentCall call, Phase ended) {
        Outcome outcome =
                switch (ended) {
                    case COMPLETED -> success(Optional.empty());
                    case ABANDONED -> abandoned();
                    case COMPENSATED, RUNNING, COMPENSATING, HELD, PAUSED ->
                            new Outcome.Failed(ended.name(), "the child saga was taken back");
                };
        return reply(call.parent(), 0, call.attempt(), outcome);
    }

    /** What is answered for a child that is no longer kept, or never was. */
    static SagaInput.Reply answer(SagaInput.TakeBack ask, Optional<Phase> ended) {
        Outcome outcome =
                switch (ended.orElse(Phase.COMPENSATED)) {
                    case COMPENSATED, RUNNING, COMPENSATING, HELD, PAUSED -> takenBack();
                    case ABANDONED -> abandoned();
                    case COMPLETED -> tooLate("the child");
                };
        return reply(ask.parent(), ask.number(), ask.attempt(), outcome);
    }

    private static Outcome success(Optional<Bytes> result) {
        return new Outcome.Succeeded(result);
    }

    private static Outcome takenBack() {
        return new Outcome.Succeeded(Optional.empty());
    }

    private static Outcome refusal(Failure cause) {
        return new Outcome.Failed(cause.code(), cause.reason());
    }

    private static Outcome abandoned() {
        return new Outcome.Failed(ABANDONED, "an operator has abandoned the child saga");
    }

    private static Outcome tooLate(SagaInstance saga) {
        return tooLate(saga.id().value());
    }

    private static Outcome tooLate(String who) {
        return new Outcome.Failed(PAST_POINT_OF_NO_RETURN, who + " cannot be taken back any more");
    }

    /** An answer to the action, or to the compensation of this number. */
    private static SagaInput.Reply reply(
            Parent parent, int takingBack, int attempt, Outcome outcome) {
        boolean back = takingBack > 0;
        return new SagaInput.Reply(
                parent.run(),
                parent.path(),
                back ? Direction.COMPENSATION : Direction.ACTION,
                back ? takingBack : parent.execution(),
                attempt,
                outcome);
    }
}
