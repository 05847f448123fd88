package io.clew.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is due when; the instance decides, timer rows are only hints. */
final class Timers {
    private Timers() {}

    /** When something happens by itself next; empty if only an input moves the saga. */
    static Optional<Instant> nextDue(SagaDefinition definition, SagaInstance saga) {
        if (saga.endedAt().isPresent()) {
            return saga.endedAt().map(ended -> ended.plus(definition.retention()));
        }
        if (saga.pausedAt().isPresent()) {
            return Optional.empty();
        }
        if (pausedByDefinition(saga)) {
            return Optional.empty();
        }
        Optional<Instant> next =
                deadlineCounts(definition, saga) ? Optional.of(saga.deadline()) : Optional.empty();
        for (Outstanding command : saga.outstanding()) {
            next = earliest(next, nextDue(command));
        }
        for (Waiting wait : saga.waits()) {
            next = earliest(next, Optional.of(wait.dueAt()));
        }
        return next;
    }

    private static Optional<Instant> nextDue(Outstanding command) {
        return switch (command.delivery()) {
            case Delivery.Parked parked -> Optional.of(parked.retryAt());
            case Delivery.Sent sent -> {
                Optional<Instant> silence = Optional.of(sent.silenceAt());
                yield command.attempt() > 1 ? earliest(silence, sent.giveUpAt()) : silence;
            }
            case Delivery.BackingOff backing ->
                    earliest(Optional.of(backing.retryAt()), backing.giveUpAt());
            case Delivery.Paused ignored -> Optional.empty();
            case Delivery.Stopped ignored -> Optional.empty();
        };
    }

    private static boolean pausedByDefinition(SagaInstance saga) {
        for (Outstanding command : saga.outstanding()) {
            if (pausedByDefinition(command)) {
                return true;
            }
        }
        for (Waiting wait : saga.waits()) {
            if (wait.pausedBy().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean pausedByDefinition(Outstanding command) {
        return command.delivery() instanceof Delivery.Paused paused
                && paused.by().kind() == PauseSubject.Kind.DEFINITION;
    }

    /** Whether the deadline still ends forward work; not while an operator holds the saga. */
    static boolean deadlineCounts(SagaDefinition definition, SagaInstance saga) {
        return saga.state() instanceof SagaState.Running running
                && running.stop().filter(it -> !(it.reach() instanceof Reach.Since)).isEmpty()
                && !PointOfNoReturn.passed(definition, saga);
    }

    static void fire(Draft draft) {
        if (draft.saga().pausedAt().isPresent()) {
            return;
        }
        deadline(draft);
        for (Outstanding command : draft.saga().outstanding()) {
            draft.saga().outstanding(command.execution()).ifPresent(it -> dueNow(draft, it));
        }
        for (Waiting wait : draft.saga().waits()) {
            dueNow(draft, wait);
        }
    }

    /** What came due during a pause; what was parked meanwhile goes out if it is still wanted. */
    static void resume(Draft draft) {
        SagaInstance before = draft.saga();
        deadline(draft);
        for (Outstanding command : before.outstanding()) {
            Execution execution = command.execution();
            boolean parked = command.delivery() instanceof Delivery.Parked;
            draft.saga()
                    .outstanding(execution)
                    .ifPresent(
                            it -> {
                                if (parked && it.equals(command)) {
                                    draft.send(execution);
                                } else {
                                    dueNow(draft, it);
                                }
                            });
        }
        for (Waiting wait : draft.saga().waits()) {
            dueNow(draft, wait);
        }
    }

    /**
     * A delay that is over, or an await nothing has come to; not while its definition is paused.
     */
    private static void dueNow(Draft draft, Waiting wait) {
        if (!draft.saga().waits().contains(wait)) {
            return;
        }
        if (draft.definitionPaused()) {
            if (wait.pausedBy().isEmpty()) {
                PauseSubject by = draft.definitionItself();
                draft.emit(new SagaEvent.WaitPaused(wait.path(), wait.execution(), by));
            }
            return;
        }
        if (wait.pausedBy().isPresent()) {
            draft.emit(new SagaEvent.WaitResumed(wait.path(), wait.execution()));
        }
        if (!draft.reached(wait.dueAt())) {
            return;
        }
        switch (wait.kind()) {
            case TIME ->
                    Forward.succeeded(
                            draft,
                            Execution.action(wait.path(), wait.execution()),
                            Optional.empty());
            case ARRIVAL -> Awaiting.timedOut(draft, wait);
        }
    }

    /**
     * Ends forward work that is past the deadline; a step that must settle is waited for. What came
     * due while the definition is paused is for its end, if anything waits that is told of it.
     */
    private static void deadline(Draft draft) {
        SagaInstance saga = draft.saga();
        if (draft.reached(saga.deadline())
                && deadlineCounts(draft.definition, saga)
                && !(draft.definitionPaused() && anythingMoves(saga))) {
            Stopping.atOnce(draft, Forward.deadlinePassed(saga));
        }
    }

    /** Whether anything waits that is told of pauses; what is stopped waits for an operator. */
    private static boolean anythingMoves(SagaInstance saga) {
        return !saga.waits().isEmpty()
                || saga.outstanding().stream()
                        .anyMatch(it -> !(it.delivery() instanceof Delivery.Stopped));
    }

    /** What is due of a command, once the pauses since it was sent are reckoned with. */
    private static void dueNow(Draft draft, Outstanding command) {
        Optional<PauseSubject> pause = draft.pauseOf(command);
        if (pause.isPresent()) {
            standStill(draft, command, pause.get());
            return;
        }
        switch (command.delivery()) {
            case Delivery.Awaited awaited -> goOn(draft, command, awaited, false);
            case Delivery.Paused paused -> resume(draft, command, paused);
            case Delivery.Parked ignored -> deliver(draft, command);
            case Delivery.Stopped ignored -> {}
        }
    }

    /** What was sent to a topic that went away is lost with it: it is sent again at once. */
    private static void resume(Draft draft, Outstanding command, Delivery.Paused paused) {
        Execution execution = command.execution();
        if (paused.resumeTo().isEmpty()) {
            draft.send(execution);
            return;
        }
        goOn(draft, command, paused.resumeTo().get(), true);
        boolean lost =
                paused.by().kind() == PauseSubject.Kind.TOPIC
                        && paused.resumeTo().get() instanceof Delivery.Sent;
        draft.saga()
                .outstanding(execution)
                .filter(it -> lost && it.attempt() == command.attempt() && !stopping(draft, it))
                .ifPresent(it -> draft.sendAgain(execution));
    }

    private static void standStill(Draft draft, Outstanding command, PauseSubject pause) {
        boolean known =
                command.delivery() instanceof Delivery.Paused paused && paused.by().equals(pause);
        if (!known && !(command.delivery() instanceof Delivery.Stopped)) {
            draft.pause(command, pause);
        }
    }

    private static void goOn(
            Draft draft, Outstanding command, Delivery.Awaited awaited, boolean paused) {
        Duration stoodStill = draft.stoodStill(command, draft.now);
        if (paused || !stoodStill.isZero()) {
            draft.emit(
                    new SagaEvent.CommandResumed(command.execution(), awaited.later(stoodStill)));
        }
        deliver(draft, draft.saga().outstanding(command.execution()).orElseThrow());
    }

    private static void deliver(Draft draft, Outstanding command) {
        switch (command.delivery()) {
            case Delivery.Parked parked -> {
                if (draft.reached(parked.retryAt())) {
                    draft.send(command.execution());
                }
            }
            case Delivery.Sent sent -> silent(draft, command, sent);
            case Delivery.BackingOff backing -> {
                if (backing.giveUpAt().filter(draft::reached).isPresent()) {
                    giveUp(draft, command);
                } else if (draft.reached(backing.retryAt())) {
                    draft.send(command.execution());
                }
            }
            case Delivery.Paused ignored -> {}
            case Delivery.Stopped ignored -> {}
        }
    }

    private static void silent(Draft draft, Outstanding command, Delivery.Sent sent) {
        boolean spent = command.attempt() > 1 && sent.giveUpAt().filter(draft::reached).isPresent();
        boolean silent = draft.reached(sent.silenceAt());
        if (spent || (silent && stopping(draft, command))) {
            giveUp(draft, command);
        } else if (silent) {
            Forward.warnIfUnanswered(draft, command, command.attempt());
            draft.send(command.execution());
        }
    }

    private static boolean stopping(Draft draft, Outstanding command) {
        return Forward.isStopping(draft) && Forward.compensatable(draft, command);
    }

    private static void giveUp(Draft draft, Outstanding command) {
        String reason =
                "no outcome from "
                        + command.command().participant()
                        + (" after " + command.attempt() + " attempts");
        Failure doubt = new Failure(Failure.IN_DOUBT, reason, command.execution().path());
        Forward.giveUp(draft, command, doubt);
    }

    /** The same delivery after a pause: what was still to be waited for is waited for again. */
    static Delivery moved(Delivery delivery, Duration by) {
        return switch (delivery) {
            case Delivery.Awaited awaited -> awaited.later(by);
            case Delivery.Paused paused ->
                    new Delivery.Paused(paused.by(), paused.resumeTo().map(it -> it.later(by)));
            case Delivery.Parked parked -> parked;
            case Delivery.Stopped stopped -> stopped;
        };
    }

    private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isBefore(other.get()) ? one : other;
    }
}
