package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An instance while events are folded into it: the only writer of instances. */
final class InstanceBuilder {
    private final SagaId id;
    private final long run;
    private final DefinitionRef definition;
    private final int logicVersion;
    private final Bytes event;
    private final Map<String, String> index;
    private final Instant deadline;
    private final Optional<String> tokenKey;
    private final Optional<String> traceparent;
    private long revision;
    private Position position;
    private Instant time;
    private SagaState state;
    private List<StepRecord> steps;
    private Optional<Incident> incident;
    private Optional<Instant> pausedAt;
    private Optional<Instant> timer;
    private Optional<Instant> endedAt;
    private List<Operation> operations;

    /** A new instance, before its first transition is complete. */
    InstanceBuilder(
            SagaId id, long run, Position position, Instant time, SagaEvent.SagaStarted started) {
        this.id = id;
        this.run = run;
        this.definition = started.definition();
        this.logicVersion = started.logicVersion();
        this.event = started.event();
        this.index = started.index();
        this.deadline = started.deadline();
        this.tokenKey = started.tokenKey();
        this.traceparent = started.traceparent();
        this.revision = 0;
        this.position = position;
        this.time = time;
        this.state = new SagaState.Running(Optional.empty(), Optional.empty());
        this.steps = List.of();
        this.incident = Optional.empty();
        this.pausedAt = Optional.empty();
        this.timer = Optional.empty();
        this.endedAt = Optional.empty();
        this.operations = List.of();
    }

    InstanceBuilder(SagaInstance saga) {
        this.id = saga.id();
        this.run = saga.run();
        this.definition = saga.definition();
        this.logicVersion = saga.logicVersion();
        this.event = saga.event();
        this.index = saga.index();
        this.deadline = saga.deadline();
        this.tokenKey = saga.tokenKey();
        this.traceparent = saga.traceparent();
        this.revision = saga.revision();
        this.position = saga.position();
        this.time = saga.time();
        this.state = saga.state();
        this.steps = saga.steps();
        this.incident = saga.incident();
        this.pausedAt = saga.pausedAt();
        this.timer = saga.timer();
        this.endedAt = saga.endedAt();
        this.operations = saga.operations();
    }

    /** One input further; an input that was kept may stand before the last one applied. */
    void advance(Position to, Instant now) {
        revision++;
        boolean kept = to.topicId().equals(position.topicId()) && to.offset() < position.offset();
        position = kept ? position : to;
        time = now;
    }

    SagaInstance build() {
        return new SagaInstance(
                id,
                run,
                definition,
                logicVersion,
                event,
                index,
                deadline,
                tokenKey,
                traceparent,
                revision,
                position,
                time,
                state,
                steps,
                incident,
                pausedAt,
                timer,
                endedAt,
                operations);
    }

    void apply(SagaEvent event) {
        switch (event) {
            case SagaEvent.SagaStarted ignored -> {}
            case SagaEvent.AboutCommand about -> apply(about);
            case SagaEvent.AboutStep about -> apply(about);
            case SagaEvent.StopRequested stop ->
                    state = new SagaState.Running(outstanding(), Optional.of(stop.cause()));
            case SagaEvent.CompensationStarted started ->
                    state = new SagaState.Compensating(Optional.empty(), started.cause());
            case SagaEvent.SagaHeld held -> hold(held.incident());
            case SagaEvent.IncidentRaised raised -> incident = Optional.of(raised.incident());
            case SagaEvent.IncidentResolved ignored -> resolve();
            case SagaEvent.SagaPaused ignored -> pausedAt = Optional.of(time);
            case SagaEvent.SagaResumed resumed -> resume(resumed);
            case SagaEvent.OperationApplied applied ->
                    remember(new Operation(applied.operationId(), Optional.empty()));
            case SagaEvent.OperationRejected rejected ->
                    remember(new Operation(rejected.operationId(), Optional.of(rejected.reason())));
            case SagaEvent.TimerArmed armed -> timer = armed.dueAt();
            case SagaEvent.SagaCompleted ignored -> end(new SagaState.Completed());
            case SagaEvent.SagaCompensated ignored ->
                    end(new SagaState.Compensated(compensating().cause()));
            case SagaEvent.SagaAbandoned abandoned ->
                    end(new SagaState.Abandoned(abandoned.cause()));
        }
    }

    private void apply(SagaEvent.AboutCommand event) {
        switch (event) {
            case SagaEvent.CommandDecided decided -> decide(decided);
            case SagaEvent.CommandSent sent ->
                    outstanding(command -> command.sent(sent.attempt(), sent.delivery(), time));
            case SagaEvent.CommandParked parked ->
                    outstanding(command -> command.with(parked.delivery(), time));
            case SagaEvent.ErrorReported error ->
                    outstanding(
                            command ->
                                    command.failedWith(
                                            error.error(), error.errors(), error.delivery(), time));
            case SagaEvent.ProgressReported progress ->
                    outstanding(command -> command.with(progress.delivery(), time));
            case SagaEvent.CommandPaused paused ->
                    outstanding(command -> command.with(paused.delivery()));
            case SagaEvent.CommandResumed resumed ->
                    outstanding(command -> command.with(resumed.delivery(), time));
        }
    }

    private void apply(SagaEvent.AboutStep event) {
        switch (event) {
            case SagaEvent.StepSucceeded it ->
                    settle(it.path(), it.execution(), step -> step.succeeded(it.output()));
            case SagaEvent.StepRefused it ->
                    settle(it.path(), it.execution(), step -> step.refused(it.failure()));
            case SagaEvent.StepGivenUp it ->
                    settle(it.path(), it.execution(), step -> step.givenUp(it.failure()));
            case SagaEvent.StepSkipped it ->
                    settle(it.path(), it.execution(), step -> step.skipped(it.output()));
            case SagaEvent.LateSuccess it ->
                    step(it.path(), it.execution(), step -> step.turnedOutDone(it.output()));
            case SagaEvent.LateRefusal it ->
                    step(it.path(), it.execution(), step -> step.refused(it.failure()));
            case SagaEvent.CompensationSucceeded it ->
                    settle(it.path(), it.compensates(), StepRecord::compensated);
            case SagaEvent.CompensationRefused it ->
                    settle(it.path(), it.compensates(), step -> step);
        }
    }

    private void decide(SagaEvent.CommandDecided decided) {
        Execution execution = decided.execution();
        Outstanding command =
                new Outstanding(
                        execution,
                        decided.command(),
                        0,
                        0,
                        Optional.empty(),
                        time,
                        new Delivery.Stopped());
        state = withOutstanding(active(), Optional.of(command));
        switch (execution.direction()) {
            case ACTION -> {
                List<StepRecord> next = new ArrayList<>(steps);
                next.add(
                        new StepRecord(
                                execution.path(),
                                execution.number(),
                                StepRecord.Status.OUTSTANDING,
                                decided.compensatable(),
                                Optional.empty(),
                                Optional.empty(),
                                0));
                steps = List.copyOf(next);
            }
            case COMPENSATION ->
                    step(
                            execution.path(),
                            execution.compensates(),
                            it -> it.compensating(execution.number()));
        }
    }

    private void hold(Incident why) {
        outstanding(command -> command.with(new Delivery.Stopped()));
        state = new SagaState.Held(active());
        incident = Optional.of(why);
    }

    private void resolve() {
        incident = Optional.empty();
        if (state instanceof SagaState.Held held) {
            state = held.resumeTo();
        }
        outstanding(Outstanding::errorsForgotten);
    }

    private void end(SagaState.Ended ended) {
        state = ended;
        endedAt = Optional.of(time);
        incident = Optional.empty();
        pausedAt = Optional.empty();
    }

    private void remember(Operation operation) {
        List<Operation> next = new ArrayList<>(operations);
        next.add(operation);
        int from = Math.max(0, next.size() - SagaInstance.OPERATIONS_KEPT);
        operations = List.copyOf(next.subList(from, next.size()));
    }

    private void resume(SagaEvent.SagaResumed resumed) {
        pausedAt = Optional.empty();
        resumed.outstanding().ifPresent(it -> outstanding(command -> command.with(it, time)));
    }

    /** The outstanding command has its outcome. */
    private void settle(String path, int execution, UnaryOperator<StepRecord> change) {
        if (state instanceof SagaState.Held held) {
            state = held.resumeTo();
        }
        state = withOutstanding(active(), Optional.empty());
        step(path, execution, change);
    }

    private void outstanding(UnaryOperator<Outstanding> change) {
        switch (state) {
            case SagaState.Active active ->
                    state = withOutstanding(active, active.outstanding().map(change));
            case SagaState.Held held ->
                    state =
                            new SagaState.Held(
                                    withOutstanding(
                                            held.resumeTo(),
                                            held.resumeTo().outstanding().map(change)));
            case SagaState.Ended ended ->
                    throw new IllegalStateException("Expected a live saga but " + id + " " + ended);
        }
    }

    private Optional<Outstanding> outstanding() {
        return active().outstanding();
    }

    private SagaState.Active active() {
        if (state instanceof SagaState.Active active) {
            return active;
        }
        throw new IllegalStateException("Expected " + id + " to be active but it is " + state);
    }

    private SagaState.Compensating compensating() {
        if (state instanceof SagaState.Compensating compensating) {
            return compensating;
        }
        throw new IllegalStateException("Expected " + id + " to compensate but it is " + state);
    }

    private static SagaState.Active withOutstanding(
            SagaState.Active active, Optional<Outstanding> command) {
        return switch (active) {
            case SagaState.Running running -> new SagaState.Running(command, running.stop());
            case SagaState.Compensating back -> new SagaState.Compensating(command, back.cause());
        };
    }

    private void step(String path, int execution, UnaryOperator<StepRecord> change) {
        List<StepRecord> next = new ArrayList<>(steps);
        for (int i = next.size() - 1; i >= 0; i--) {
            StepRecord step = next.get(i);
            if (step.execution() == execution && step.path().equals(path)) {
                next.set(i, change.apply(step));
                steps = List.copyOf(next);
                return;
            }
        }
        throw new IllegalStateException(
                "Expected " + id + " to have decided " + path + "/" + execution + " but not so");
    }
}
