package io.clew.saga;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A fact about an instance. The instance is the fold of its events, and they are its timeline. */
public sealed interface SagaEvent {

    /** How far the outstanding command has got. */
    sealed interface AboutCommand extends SagaEvent {}

    /** What became of a step's execution, or of its compensation. */
    sealed interface AboutStep extends SagaEvent {}

    record SagaStarted(
            DefinitionRef definition,
            int logicVersion,
            Bytes event,
            Map<String, String> index,
            Instant deadline,
            Optional<String> tokenKey,
            Optional<String> traceparent)
            implements SagaEvent {}

    /**
     * An execution was decided and its command frozen; for an action its compensation is owed from
     * now on.
     */
    record CommandDecided(Execution execution, FrozenCommand command, boolean compensatable)
            implements AboutCommand {}

    record CommandSent(int attempt, Delivery.Sent delivery) implements AboutCommand {}

    record CommandParked(Delivery.Parked delivery) implements AboutCommand {}

    /** The participant answered with an error; the next attempt waits. */
    record ErrorReported(Failure error, int errors, Delivery delivery) implements AboutCommand {}

    record ProgressReported(Delivery.Sent delivery) implements AboutCommand {}

    /**
     * Its definition or its participant is paused, or its topic is missing, so it waits for the end
     * of that alone.
     */
    record CommandPaused(Delivery.Paused delivery) implements AboutCommand {}

    /** Pauses are over, and what was still to be waited for is waited for again. */
    record CommandResumed(Delivery.Awaited delivery) implements AboutCommand {}

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

    /** Forward work stops as soon as the outstanding command is settled. */
    record StopRequested(Failure cause) implements SagaEvent {}

    record CompensationStarted(Failure cause) implements SagaEvent {}

    record CompensationSucceeded(String path, int compensates, boolean byHand)
            implements AboutStep {}

    record CompensationRefused(String path, int compensates, Failure failure)
            implements AboutStep {}

    /** The saga stands still until an operator intervenes. */
    record SagaHeld(Incident incident) implements SagaEvent {}

    /** The saga goes on by itself, but somebody should look. */
    record IncidentRaised(Incident incident) implements SagaEvent {}

    record IncidentResolved() implements SagaEvent {}

    record SagaPaused() implements SagaEvent {}

    /**
     * @param outstanding the outstanding command's delivery, its instants moved by the pause
     */
    record SagaResumed(Optional<Delivery> outstanding) implements SagaEvent {}

    record OperationApplied(String operationId, String word, String actor, String note)
            implements SagaEvent {}

    /** An intervention was turned away; its answer is remembered, and changes nothing else. */
    record OperationRejected(
            String operationId, String word, String actor, String note, Rejection reason)
            implements SagaEvent {}

    /** The one live timer of the saga; none disarms it. */
    record TimerArmed(Optional<Instant> dueAt) implements SagaEvent {}

    record SagaCompleted() implements SagaEvent {}

    record SagaCompensated() implements SagaEvent {}

    record SagaAbandoned(Failure cause) implements SagaEvent {}
}
