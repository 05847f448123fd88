package io.clew.saga;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A fact about an instance. The instance is the fold of its events, and they are its timeline. */
public sealed interface SagaEvent {

    /** How far an outstanding command has got. */
    sealed interface AboutCommand extends SagaEvent {
        Execution execution();
    }

    /** What became of a step's execution, or of its compensation. */
    sealed interface AboutStep extends SagaEvent {
        String path();
    }

    /** How far an await or a delay has got. */
    sealed interface AboutWait extends SagaEvent {
        String path();

        int execution();
    }

    record SagaStarted(
            DefinitionRef definition,
            int logicVersion,
            Bytes event,
            Map<String, String> index,
            Instant deadline,
            Optional<String> tokenKey,
            Optional<String> traceparent,
            Optional<Parent> parent)
            implements SagaEvent {}

    /**
     * An execution was decided and its command frozen; for an action its compensation is owed from
     * now on.
     */
    record CommandDecided(Execution execution, FrozenCommand command, boolean compensatable)
            implements AboutCommand {}

    record CommandSent(Execution execution, int attempt, Delivery.Sent delivery)
            implements AboutCommand {}

    record CommandParked(Execution execution, Delivery.Parked delivery) implements AboutCommand {}

    /** The participant answered with an error; the next attempt waits. */
    record ErrorReported(Execution execution, Failure error, int errors, Delivery delivery)
            implements AboutCommand {}

    record ProgressReported(Execution execution, Delivery.Sent delivery) implements AboutCommand {}

    /**
     * Its definition or its participant is paused, or its topic is missing, so it waits for the end
     * of that alone.
     */
    record CommandPaused(Execution execution, Delivery.Paused delivery) implements AboutCommand {}

    /** Pauses are over, and what was still to be waited for is waited for again. */
    record CommandResumed(Execution execution, Delivery delivery) implements AboutCommand {}

    record StepSucceeded(String path, int execution, Optional<Bytes> output) implements AboutStep {}

    record StepRefused(String path, int execution, Failure failure) implements AboutStep {}

    /** In doubt from now on: it may have been done, so it is compensated as if it had been. */
    record StepGivenUp(String path, int execution, Failure failure) implements AboutStep {}

    /** An operator took the step as done. */
    record StepSkipped(String path, int execution, Optional<Bytes> output) implements AboutStep {}

    /** A step that was given up turns out to have been done. */
    record LateSuccess(String path, int execution, Optional<Bytes> output) implements AboutStep {}

    /** A step that was given up turns out to have been refused: nothing to take back. */
    record LateRefusal(String path, int execution, Failure failure) implements AboutStep {}

    /** It is not executed, since its condition does not hold. */
    record StepPassed(String path, int execution) implements AboutStep {}

    record SavepointReached(String path, int execution) implements AboutStep {}

    /**
     * An await or a delay has begun.
     *
     * @param dueAt when a delay is over, or an await times out
     */
    record WaitBegun(
            String path, int execution, Waiting.Kind kind, Instant dueAt, boolean compensatable)
            implements AboutWait {}

    /** It is no longer waited for. */
    record WaitCancelled(String path, int execution) implements AboutWait {}

    /** It was over, but for what is paused. */
    record WaitPaused(String path, int execution, PauseSubject by) implements AboutWait {}

    record WaitResumed(String path, int execution) implements AboutWait {}

    /** Something has arrived that no await takes yet. */
    record ArrivalHeld(Arrival arrival) implements SagaEvent {}

    /** Something that has arrived was taken; its id is remembered. */
    record ArrivalTaken(String id) implements SagaEvent {}

    /**
     * A choice or a loop was entered.
     *
     * @param path of the choice or the loop
     * @param number index of the arm, from 0, -1 for none; or the number of items
     */
    record TurnTaken(String path, int number) implements SagaEvent {}

    /** Forward work stops as soon as all that is outstanding is settled. */
    record StopRequested(Failure cause, Reach reach) implements SagaEvent {}

    /** Forward work goes on. */
    record StopLifted() implements SagaEvent {}

    record CompensationStarted(Failure cause, Reach reach) implements SagaEvent {}

    /**
     * All that was done since a place is taken back; the saga goes forward from there.
     *
     * @param name savepoint or step
     * @param kept how many of its actions stay
     */
    record TakenBack(String name, int kept) implements SagaEvent {}

    record CompensationSucceeded(String path, int compensates, boolean byHand)
            implements AboutStep {}

    record CompensationRefused(String path, int compensates, Failure failure)
            implements AboutStep {}

    /** The step of this incident stands still until an operator intervenes. */
    record SagaHeld(Incident incident) implements SagaEvent {}

    /** The saga goes on by itself, but somebody should look. */
    record IncidentRaised(Incident incident) implements SagaEvent {}

    /**
     * An incident is over.
     *
     * @param step path of the step it was about, empty if none
     */
    record IncidentResolved(Incident.Code code, String step) implements SagaEvent {}

    /** It goes on by another version of its definition. */
    record Migrated(DefinitionRef to) implements SagaEvent {}

    record SagaPaused() implements SagaEvent {}

    record SagaResumed() implements SagaEvent {}

    record OperationApplied(String operationId, String word, String actor, String note)
            implements SagaEvent {}

    /** An intervention was turned away; its answer is remembered, and changes nothing else. */
    record OperationRejected(
            String operationId, String word, String actor, String note, Rejection reason)
            implements SagaEvent {}

    /** The one live timer of the saga; none disarms it. */
    record TimerArmed(Optional<Instant> dueAt) implements SagaEvent {}

    /** All of a child is done, with this result; its parent may still take it back. */
    record WorkDone(Optional<Bytes> result) implements SagaEvent {}

    /**
     * A child's parent takes it back.
     *
     * @param number number of the parent's compensation execution
     */
    record TakeBackAsked(int number) implements SagaEvent {}

    /** A child's parent can ask for nothing any more. */
    record ParentEnded() implements SagaEvent {}

    /** All is done, with this result; a child's is the one it had when its work was done. */
    record SagaCompleted(Optional<Bytes> result) implements SagaEvent {}

    record SagaCompensated() implements SagaEvent {}

    record SagaAbandoned(Failure cause) implements SagaEvent {}
}
