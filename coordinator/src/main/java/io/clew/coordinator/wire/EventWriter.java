package io.clew.coordinator.wire;

import io.clew.saga.Arrival;
import io.clew.saga.Bytes;
import io.clew.saga.Delivery;
import io.clew.saga.Execution;
import io.clew.saga.Failure;
import io.clew.saga.FrozenCommand;
import io.clew.saga.Incident;
import io.clew.saga.Parent;
import io.clew.saga.Reach;
import io.clew.saga.SagaEvent;
import io.clew.schema.TransitionEvent;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events as they stand in a {@code SagaTransition}. */
final class EventWriter {
    static final String PAUSED = "paused";
    static final String EVERYTHING = "everything";
    static final String NOTHING = "nothing";
    static final String SINCE = "since ";

    private EventWriter() {}

    static TransitionEvent write(SagaEvent event) {
        TransitionEvent avro = new TransitionEvent();
        avro.setType(event.getClass().getSimpleName());
        switch (event) {
            case SagaEvent.SagaStarted started -> write(avro, started);
            case SagaEvent.AboutCommand about -> write(avro, about);
            case SagaEvent.AboutStep about -> write(avro, about);
            case SagaEvent.AboutWait about -> write(avro, about);
            case SagaEvent.ArrivalHeld held -> write(avro, held.arrival());
            case SagaEvent.ArrivalTaken taken -> avro.setArrivalId(taken.id());
            case SagaEvent.TurnTaken turn -> {
                avro.setStep(turn.path());
                avro.setNumber(turn.number());
            }
            case SagaEvent.TakenBack back -> {
                avro.setStep(back.name());
                avro.setNumber(back.kept());
            }
            case SagaEvent.StopLifted ignored -> {}
            case SagaEvent.WorkDone done -> payload(avro, done.result());
            case SagaEvent.TakeBackAsked asked -> avro.setNumber(asked.number());
            case SagaEvent.ParentEnded ignored -> {}
            case SagaEvent.StopRequested stop -> {
                write(avro, stop.cause());
                write(avro, stop.reach());
            }
            case SagaEvent.CompensationStarted started -> {
                write(avro, started.cause());
                write(avro, started.reach());
            }
            case SagaEvent.SagaHeld held -> write(avro, held.incident());
            case SagaEvent.IncidentRaised raised -> write(avro, raised.incident());
            case SagaEvent.SagaResumed ignored -> {}
            case SagaEvent.OperationApplied it ->
                    operation(avro, it.operationId(), it.word(), it.actor(), it.note());
            case SagaEvent.OperationRejected it -> {
                operation(avro, it.operationId(), it.word(), it.actor(), it.note());
                avro.setCode(it.reason().name());
            }
            case SagaEvent.TimerArmed armed -> avro.setAt(armed.dueAt().orElse(null));
            case SagaEvent.SagaAbandoned abandoned -> write(avro, abandoned.cause());
            case SagaEvent.IncidentResolved it -> {
                avro.setCode(it.code().name());
                avro.setFailedStep(it.step());
            }
            case SagaEvent.Migrated migrated -> {
                avro.setNumber(migrated.to().version());
                avro.setContentHash(migrated.to().sha256());
            }
            case SagaEvent.SagaPaused ignored -> {}
            case SagaEvent.SagaCompleted done -> payload(avro, done.result());
            case SagaEvent.SagaCompensated ignored -> {}
        }
        return avro;
    }

    private static void operation(
            TransitionEvent avro, String id, String word, String actor, String note) {
        avro.setOperationId(id);
        avro.setWord(word);
        avro.setActor(actor);
        avro.setReason(note);
    }

    private static void write(TransitionEvent avro, SagaEvent.AboutStep event) {
        switch (event) {
            case SagaEvent.StepPassed it -> {
                avro.setStep(it.path());
                avro.setExecution(it.execution());
            }
            case SagaEvent.SavepointReached it -> {
                avro.setStep(it.path());
                avro.setExecution(it.execution());
            }
            case SagaEvent.StepSucceeded done ->
                    done(avro, done.path(), done.execution(), done.output());
            case SagaEvent.StepRefused no -> failed(avro, no.path(), no.execution(), no.failure());
            case SagaEvent.StepGivenUp given ->
                    failed(avro, given.path(), given.execution(), given.failure());
            case SagaEvent.StepSkipped skipped ->
                    done(avro, skipped.path(), skipped.execution(), skipped.output());
            case SagaEvent.LateSuccess late ->
                    done(avro, late.path(), late.execution(), late.output());
            case SagaEvent.LateRefusal late ->
                    failed(avro, late.path(), late.execution(), late.failure());
            case SagaEvent.CompensationSucceeded back -> {
                avro.setStep(back.path());
                avro.setCompensates(back.compensates());
                avro.setByHand(back.byHand());
            }
            case SagaEvent.CompensationRefused back -> {
                avro.setStep(back.path());
                avro.setCompensates(back.compensates());
                write(avro, back.failure());
            }
        }
    }

    private static void write(TransitionEvent avro, SagaEvent.AboutWait event) {
        avro.setStep(event.path());
        avro.setExecution(event.execution());
        switch (event) {
            case SagaEvent.WaitBegun begun -> {
                avro.setWaitsFor(begun.kind().name().toLowerCase(Locale.ROOT));
                avro.setUntil(begun.dueAt());
                avro.setCompensatable(begun.compensatable());
            }
            case SagaEvent.WaitPaused paused -> avro.setParkReason(paused.by().key());
            case SagaEvent.WaitCancelled ignored -> {}
            case SagaEvent.WaitResumed ignored -> {}
        }
    }

    private static void write(TransitionEvent avro, Arrival arrival) {
        avro.setArrivalId(arrival.id());
        avro.setChannel(arrival.channel().toString());
        avro.setCommand(arrival.type());
        avro.setPayload(buffer(arrival.value()));
    }

    private static void write(TransitionEvent avro, Reach reach) {
        switch (reach) {
            case Reach.Everything ignored -> avro.setReach(EVERYTHING);
            case Reach.Nothing ignored -> avro.setReach(NOTHING);
            case Reach.Since since -> {
                avro.setReach(SINCE + since.name());
                avro.setNumber(since.kept());
            }
        }
    }

    private static void write(TransitionEvent avro, SagaEvent.AboutCommand event) {
        Execution execution = event.execution();
        avro.setStep(execution.path());
        avro.setDirection(execution.direction().wireName());
        avro.setExecution(execution.number());
        avro.setCompensates(execution.compensates());
        switch (event) {
            case SagaEvent.CommandDecided decided -> write(avro, decided);
            case SagaEvent.CommandSent sent -> {
                avro.setAttempt(sent.attempt());
                write(avro, sent.delivery());
            }
            case SagaEvent.CommandParked parked -> write(avro, parked.delivery());
            case SagaEvent.ErrorReported error -> {
                write(avro, error.error());
                avro.setErrors(error.errors());
                write(avro, error.delivery());
            }
            case SagaEvent.ProgressReported progress -> write(avro, progress.delivery());
            case SagaEvent.CommandPaused paused -> write(avro, paused.delivery());
            case SagaEvent.CommandResumed resumed -> write(avro, resumed.delivery());
        }
    }

    private static void write(TransitionEvent avro, SagaEvent.SagaStarted started) {
        avro.setContentHash(started.definition().sha256());
        avro.setLogicVersion(started.logicVersion());
        avro.setPayload(ByteBuffer.wrap(started.event().array()));
        avro.setIndex(started.index());
        avro.setDeadline(started.deadline());
        avro.setTokenKey(started.tokenKey().orElse(null));
        avro.setTraceparent(started.traceparent().orElse(null));
        avro.setParent(started.parent().map(Parent::text).orElse(null));
        avro.setParentTokenKey(started.parent().flatMap(Parent::tokenKey).orElse(null));
    }

    private static void write(TransitionEvent avro, SagaEvent.CommandDecided decided) {
        FrozenCommand command = decided.command();
        avro.setParticipant(command.participant());
        avro.setTopic(command.topic());
        avro.setCommand(command.type());
        avro.setPayload(ByteBuffer.wrap(command.value().array()));
        avro.setAt(command.decidedAt());
        avro.setDeadline(command.deadline().orElse(null));
        avro.setTakesBackEvent(command.takesBackEvent() ? true : null);
        avro.setCompensatable(decided.compensatable());
    }

    private static void write(TransitionEvent avro, Delivery delivery) {
        switch (delivery) {
            case Delivery.Parked parked -> {
                avro.setDelivery("parked");
                avro.setParkReason(parked.reason());
                avro.setUntil(parked.retryAt());
            }
            case Delivery.Sent sent -> {
                avro.setDelivery("sent");
                avro.setAt(sent.firstSentAt());
                avro.setUntil(sent.silenceAt());
                avro.setGiveUpAt(sent.giveUpAt().orElse(null));
            }
            case Delivery.BackingOff backing -> {
                avro.setDelivery("backing-off");
                avro.setAt(backing.firstSentAt());
                avro.setUntil(backing.retryAt());
                avro.setGiveUpAt(backing.giveUpAt().orElse(null));
            }
            case Delivery.Paused paused -> {
                paused.resumeTo().ifPresent(it -> write(avro, it));
                String was = avro.getDelivery();
                avro.setDelivery(was == null ? PAUSED : PAUSED + "-" + was);
                avro.setParkReason(paused.by().key());
            }
            case Delivery.Stopped ignored -> avro.setDelivery("stopped");
        }
    }

    private static void done(
            TransitionEvent avro, String path, int execution, Optional<Bytes> output) {
        avro.setStep(path);
        avro.setExecution(execution);
        payload(avro, output);
    }

    private static void payload(TransitionEvent avro, Optional<Bytes> value) {
        avro.setPayload(value.map(EventWriter::buffer).orElse(null));
    }

    private static void failed(TransitionEvent avro, String path, int execution, Failure failure) {
        avro.setStep(path);
        avro.setExecution(execution);
        write(avro, failure);
    }

    private static void write(TransitionEvent avro, Failure failure) {
        avro.setCode(failure.code());
        avro.setReason(failure.reason());
        avro.setFailedStep(failure.step());
    }

    private static void write(TransitionEvent avro, Incident incident) {
        avro.setCode(incident.code().name());
        avro.setReason(incident.reason());
        avro.setFailedStep(incident.step());
        avro.setAt(incident.raisedAt());
    }

    private static @Nullable ByteBuffer buffer(Bytes bytes) {
        return ByteBuffer.wrap(bytes.array());
    }
}
