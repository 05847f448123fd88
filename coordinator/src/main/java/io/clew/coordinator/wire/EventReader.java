package io.clew.coordinator.wire;

import io.clew.saga.Arrival;
import io.clew.saga.Bytes;
import io.clew.saga.Channel;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Delivery;
import io.clew.saga.Direction;
import io.clew.saga.Execution;
import io.clew.saga.Failure;
import io.clew.saga.FrozenCommand;
import io.clew.saga.Incident;
import io.clew.saga.Parent;
import io.clew.saga.PauseSubject;
import io.clew.saga.Reach;
import io.clew.saga.Rejection;
import io.clew.saga.SagaEvent;
import io.clew.saga.Waiting;
import io.clew.schema.TransitionEvent;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Events out of a {@code SagaTransition}: the inverse of {@link EventWriter}. */
final class EventReader {
    private EventReader() {}

    static SagaEvent read(TransitionEvent avro, String definition, int version) {
        return switch (avro.getType()) {
            case "SagaStarted" -> started(avro, definition, version);
            case "TurnTaken" -> new SagaEvent.TurnTaken(avro.getStep(), avro.getNumber());
            case "TakenBack" -> new SagaEvent.TakenBack(avro.getStep(), avro.getNumber());
            case "StopRequested" -> new SagaEvent.StopRequested(failure(avro), reach(avro));
            case "StopLifted" -> new SagaEvent.StopLifted();
            case "WorkDone" -> new SagaEvent.WorkDone(payload(avro));
            case "TakeBackAsked" -> new SagaEvent.TakeBackAsked(avro.getNumber());
            case "ParentEnded" -> new SagaEvent.ParentEnded();
            case "CompensationStarted" ->
                    new SagaEvent.CompensationStarted(failure(avro), reach(avro));
            case "SagaHeld" -> new SagaEvent.SagaHeld(incident(avro));
            case "IncidentRaised" -> new SagaEvent.IncidentRaised(incident(avro));
            case "IncidentResolved" ->
                    new SagaEvent.IncidentResolved(
                            Incident.Code.valueOf(avro.getCode()), avro.getFailedStep());
            case "Migrated" ->
                    new SagaEvent.Migrated(
                            new DefinitionRef(definition, avro.getNumber(), avro.getContentHash()));
            case "SagaPaused" -> new SagaEvent.SagaPaused();
            case "SagaResumed" -> new SagaEvent.SagaResumed();
            case "OperationApplied" ->
                    new SagaEvent.OperationApplied(
                            avro.getOperationId(),
                            avro.getWord(),
                            avro.getActor(),
                            avro.getReason());
            case "OperationRejected" ->
                    new SagaEvent.OperationRejected(
                            avro.getOperationId(),
                            avro.getWord(),
                            avro.getActor(),
                            avro.getReason(),
                            Rejection.valueOf(avro.getCode()));
            case "TimerArmed" -> new SagaEvent.TimerArmed(Optional.ofNullable(avro.getAt()));
            case "SagaCompleted" -> new SagaEvent.SagaCompleted(payload(avro));
            case "SagaCompensated" -> new SagaEvent.SagaCompensated();
            case "SagaAbandoned" -> new SagaEvent.SagaAbandoned(failure(avro));
            default -> command(avro);
        };
    }

    /** Of commands. */
    private static SagaEvent command(TransitionEvent avro) {
        return switch (avro.getType()) {
            case "CommandDecided" -> decided(avro);
            case "CommandSent" ->
                    new SagaEvent.CommandSent(execution(avro), avro.getAttempt(), sent(avro));
            case "CommandParked" -> new SagaEvent.CommandParked(execution(avro), parked(avro));
            case "ErrorReported" ->
                    new SagaEvent.ErrorReported(
                            execution(avro), failure(avro), avro.getErrors(), delivery(avro));
            case "CommandPaused" -> new SagaEvent.CommandPaused(execution(avro), paused(avro));
            case "CommandResumed" -> new SagaEvent.CommandResumed(execution(avro), delivery(avro));
            case "ProgressReported" -> new SagaEvent.ProgressReported(execution(avro), sent(avro));
            default -> step(avro);
        };
    }

    /** Of steps. */
    private static SagaEvent step(TransitionEvent avro) {
        return switch (avro.getType()) {
            case "StepSucceeded" ->
                    new SagaEvent.StepSucceeded(avro.getStep(), avro.getExecution(), payload(avro));
            case "StepRefused" ->
                    new SagaEvent.StepRefused(avro.getStep(), avro.getExecution(), failure(avro));
            case "StepGivenUp" ->
                    new SagaEvent.StepGivenUp(avro.getStep(), avro.getExecution(), failure(avro));
            case "StepSkipped" ->
                    new SagaEvent.StepSkipped(avro.getStep(), avro.getExecution(), payload(avro));
            case "LateSuccess" ->
                    new SagaEvent.LateSuccess(avro.getStep(), avro.getExecution(), payload(avro));
            case "LateRefusal" ->
                    new SagaEvent.LateRefusal(avro.getStep(), avro.getExecution(), failure(avro));
            case "StepPassed" -> new SagaEvent.StepPassed(avro.getStep(), avro.getExecution());
            case "SavepointReached" ->
                    new SagaEvent.SavepointReached(avro.getStep(), avro.getExecution());
            case "CompensationSucceeded" ->
                    new SagaEvent.CompensationSucceeded(
                            avro.getStep(), avro.getCompensates(), avro.getByHand());
            case "CompensationRefused" ->
                    new SagaEvent.CompensationRefused(
                            avro.getStep(), avro.getCompensates(), failure(avro));
            default -> wait(avro);
        };
    }

    /** Of awaits and delays, and what arrives. */
    private static SagaEvent wait(TransitionEvent avro) {
        return switch (avro.getType()) {
            case "WaitBegun" -> begun(avro);
            case "WaitCancelled" ->
                    new SagaEvent.WaitCancelled(avro.getStep(), avro.getExecution());
            case "WaitPaused" ->
                    new SagaEvent.WaitPaused(
                            avro.getStep(),
                            avro.getExecution(),
                            PauseSubject.ofKey(avro.getParkReason()));
            case "WaitResumed" -> new SagaEvent.WaitResumed(avro.getStep(), avro.getExecution());
            case "ArrivalHeld" -> new SagaEvent.ArrivalHeld(arrival(avro));
            case "ArrivalTaken" -> new SagaEvent.ArrivalTaken(avro.getArrivalId());
            default ->
                    throw new IllegalArgumentException(
                            "Expected an event this release knows but got " + avro.getType());
        };
    }

    private static SagaEvent started(TransitionEvent avro, String definition, int version) {
        return new SagaEvent.SagaStarted(
                new DefinitionRef(definition, version, avro.getContentHash()),
                avro.getLogicVersion(),
                payload(avro).orElseThrow(),
                Optional.ofNullable(avro.getIndex()).orElse(Map.of()),
                avro.getDeadline(),
                Optional.ofNullable(avro.getTokenKey()),
                Optional.ofNullable(avro.getTraceparent()),
                Optional.ofNullable(avro.getParent())
                        .map(
                                it ->
                                        Parent.parse(
                                                it,
                                                Optional.ofNullable(avro.getParentTokenKey()))));
    }

    private static SagaEvent decided(TransitionEvent avro) {
        return new SagaEvent.CommandDecided(
                execution(avro),
                new FrozenCommand(
                        avro.getParticipant(),
                        avro.getTopic(),
                        avro.getCommand(),
                        payload(avro).orElseThrow(),
                        avro.getAt(),
                        Optional.ofNullable(avro.getDeadline()),
                        Boolean.TRUE.equals(avro.getTakesBackEvent())),
                avro.getCompensatable());
    }

    private static Execution execution(TransitionEvent avro) {
        return new Execution(
                avro.getStep(),
                Direction.ofWireName(avro.getDirection()),
                avro.getExecution(),
                avro.getCompensates());
    }

    private static SagaEvent begun(TransitionEvent avro) {
        return new SagaEvent.WaitBegun(
                avro.getStep(),
                avro.getExecution(),
                Waiting.Kind.valueOf(avro.getWaitsFor().toUpperCase(Locale.ROOT)),
                avro.getUntil(),
                avro.getCompensatable());
    }

    private static Arrival arrival(TransitionEvent avro) {
        return new Arrival(
                avro.getArrivalId(),
                Channel.parse(avro.getChannel()),
                avro.getCommand(),
                payload(avro).orElseThrow());
    }

    private static Reach reach(TransitionEvent avro) {
        return switch (avro.getReach()) {
            case EventWriter.EVERYTHING -> new Reach.Everything();
            case EventWriter.NOTHING -> new Reach.Nothing();
            default ->
                    new Reach.Since(
                            avro.getReach().substring(EventWriter.SINCE.length()),
                            avro.getNumber());
        };
    }

    private static Delivery delivery(TransitionEvent avro) {
        String delivery = avro.getDelivery();
        if (delivery.startsWith(EventWriter.PAUSED)) {
            return paused(avro);
        }
        return switch (delivery) {
            case "parked" -> parked(avro);
            case "stopped" -> new Delivery.Stopped();
            default -> awaited(avro, delivery);
        };
    }

    private static Delivery.Awaited awaited(TransitionEvent avro, String delivery) {
        return switch (delivery) {
            case "sent" -> sent(avro);
            case "backing-off" ->
                    new Delivery.BackingOff(
                            avro.getAt(), avro.getUntil(), Optional.ofNullable(avro.getGiveUpAt()));
            default ->
                    throw new IllegalArgumentException(
                            "Expected a known delivery but got " + delivery);
        };
    }

    private static Delivery.Paused paused(TransitionEvent avro) {
        String was = avro.getDelivery().substring(EventWriter.PAUSED.length());
        return new Delivery.Paused(
                PauseSubject.ofKey(avro.getParkReason()),
                was.isEmpty() ? Optional.empty() : Optional.of(awaited(avro, was.substring(1))));
    }

    private static Delivery.Parked parked(TransitionEvent avro) {
        return new Delivery.Parked(avro.getParkReason(), avro.getUntil());
    }

    private static Delivery.Sent sent(TransitionEvent avro) {
        return new Delivery.Sent(
                avro.getAt(), avro.getUntil(), Optional.ofNullable(avro.getGiveUpAt()));
    }

    private static Failure failure(TransitionEvent avro) {
        return new Failure(avro.getCode(), avro.getReason(), avro.getFailedStep());
    }

    private static Incident incident(TransitionEvent avro) {
        return new Incident(
                Incident.Code.valueOf(avro.getCode()),
                avro.getReason(),
                avro.getFailedStep(),
                avro.getAt());
    }

    private static Optional<Bytes> payload(TransitionEvent avro) {
        ByteBuffer payload = avro.getPayload();
        if (payload == null) {
            return Optional.empty();
        }
        byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        return Optional.of(Bytes.wrap(copy));
    }
}
