package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An instance while events are folded into it: the only writer of instances. */
final class InstanceBuilder {
    private final SagaId id;
    private final long run;
    private DefinitionRef definition;
    private final int logicVersion;
    private final Bytes event;
    private final Map<String, String> index;
    private final Instant deadline;
    private final Optional<String> tokenKey;
    private final Optional<String> traceparent;
    private Optional<ChildOf> childOf;
    private long revision;
    private Position position;
    private Instant time;
    private SagaState state;
    private final Ledger steps;
    private List<Turn> turns;
    private List<Outstanding> outstanding;
    private List<Waiting> waits;
    private Arrivals arrivals;
    private List<Incident> incidents;
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
        this.childOf = started.parent().map(ChildOf::started);
        this.revision = 0;
        this.position = position;
        this.time = time;
        this.state = new SagaState.Running(Optional.empty());
        this.steps = new Ledger(id, List.of());
        this.turns = List.of();
        this.outstanding = List.of();
        this.waits = List.of();
        this.arrivals = Arrivals.NONE;
        this.incidents = List.of();
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
        this.childOf = saga.childOf();
        this.revision = saga.revision();
        this.position = saga.position();
        this.time = saga.time();
        this.state = saga.state();
        this.steps = new Ledger(saga.id(), saga.steps());
        this.turns = saga.turns();
        this.outstanding = saga.outstanding();
        this.waits = saga.waits();
        this.arrivals = saga.arrivals();
        this.incidents = saga.incidents();
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
                childOf,
                revision,
                position,
                time,
                state,
                steps.records(),
                turns,
                outstanding,
                waits,
                arrivals,
                incidents,
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
            case SagaEvent.AboutWait about -> apply(about);
            case SagaEvent.ArrivalHeld held -> arrivals = arrivals.held(held.arrival());
            case SagaEvent.ArrivalTaken taken -> arrivals = arrivals.taken(taken.id());
            case SagaEvent.TurnTaken turn ->
                    turns =
                            added(
                                    turns,
                                    new Turn(turn.path(), turn.number(), steps.records().size()));
            case SagaEvent.StopRequested stop -> stop(stop);
            case SagaEvent.StopLifted ignored -> state = new SagaState.Running(Optional.empty());
            case SagaEvent.CompensationStarted started ->
                    state = new SagaState.Compensating(started.cause(), started.reach());
            case SagaEvent.TakenBack back -> takenBack(back.kept());
            case SagaEvent.SagaHeld held -> hold(held.incident());
            case SagaEvent.IncidentRaised raised -> raise(raised.incident());
            case SagaEvent.IncidentResolved resolved -> resolve(resolved);
            case SagaEvent.Migrated migrated -> definition = migrated.to();
            case SagaEvent.SagaPaused ignored -> pausedAt = Optional.of(time);
            case SagaEvent.SagaResumed ignored -> pausedAt = Optional.empty();
            case SagaEvent.OperationApplied applied ->
                    remember(new Operation(applied.operationId(), Optional.empty()));
            case SagaEvent.OperationRejected rejected ->
                    remember(new Operation(rejected.operationId(), Optional.of(rejected.reason())));
            case SagaEvent.TimerArmed armed -> timer = armed.dueAt();
            case SagaEvent.WorkDone done -> state = new SagaState.Provisional(done.result());
            case SagaEvent.TakeBackAsked asked ->
                    childOf = childOf.map(it -> it.takingBack(asked.number()));
            case SagaEvent.ParentEnded ignored -> childOf = childOf.map(ChildOf::afterParentEnded);
            case SagaEvent.SagaCompleted done -> end(new SagaState.Completed(done.result()));
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
                    command(event, it -> it.sent(sent.attempt(), sent.delivery(), time));
            case SagaEvent.CommandParked parked ->
                    command(event, it -> it.with(parked.delivery(), time));
            case SagaEvent.ErrorReported error ->
                    command(
                            event,
                            it ->
                                    it.failedWith(
                                            error.error(), error.errors(), error.delivery(), time));
            case SagaEvent.ProgressReported progress ->
                    command(event, it -> it.with(progress.delivery(), time));
            case SagaEvent.CommandPaused paused -> command(event, it -> it.with(paused.delivery()));
            case SagaEvent.CommandResumed resumed ->
                    command(event, it -> it.with(resumed.delivery(), time));
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
            case SagaEvent.StepPassed it ->
                    record(it.path(), it.execution(), StepRecord.Status.PASSED);
            case SagaEvent.SavepointReached it ->
                    record(it.path(), it.execution(), StepRecord.Status.SUCCEEDED);
            case SagaEvent.LateSuccess it ->
                    steps.change(
                            it.path(), it.execution(), step -> step.turnedOutDone(it.output()));
            case SagaEvent.LateRefusal it ->
                    steps.change(it.path(), it.execution(), step -> step.refused(it.failure()));
            case SagaEvent.CompensationSucceeded it ->
                    compensated(it.path(), it.compensates(), StepRecord::compensated);
            case SagaEvent.CompensationRefused it ->
                    compensated(it.path(), it.compensates(), step -> step);
        }
    }

    private void apply(SagaEvent.AboutWait event) {
        switch (event) {
            case SagaEvent.WaitBegun it -> {
                waits =
                        added(
                                waits,
                                new Waiting(
                                        it.path(),
                                        it.execution(),
                                        it.kind(),
                                        it.dueAt(),
                                        Optional.empty()));
                steps.add(
                        StepRecord.of(
                                it.path(),
                                it.execution(),
                                StepRecord.Status.OUTSTANDING,
                                it.compensatable()));
            }
            case SagaEvent.WaitCancelled it ->
                    settle(it.path(), it.execution(), StepRecord::cancelled);
            case SagaEvent.WaitPaused it -> wait(it, Optional.of(it.by()));
            case SagaEvent.WaitResumed it -> wait(it, Optional.empty());
        }
    }

    private void wait(SagaEvent.AboutWait about, Optional<PauseSubject> pausedBy) {
        List<Waiting> next = new ArrayList<>(waits);
        next.replaceAll(
                it ->
                        it.is(about.path(), about.execution())
                                ? new Waiting(
                                        it.path(), it.execution(), it.kind(), it.dueAt(), pausedBy)
                                : it);
        waits = List.copyOf(next);
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
        outstanding = added(outstanding, command);
        switch (execution.direction()) {
            case ACTION -> steps.add(StepRecord.begun(execution, decided.compensatable()));
            case COMPENSATION ->
                    steps.change(
                            execution.path(),
                            execution.compensates(),
                            it -> it.compensating(execution.number()));
        }
    }

    private void record(String path, int execution, StepRecord.Status status) {
        steps.add(StepRecord.of(path, execution, status, false));
    }

    private void stop(SagaEvent.StopRequested stop) {
        state =
                switch (state) {
                    case SagaState.Running ignored ->
                            new SagaState.Running(
                                    Optional.of(new SagaState.Stop(stop.cause(), stop.reach())));
                    case SagaState.Compensating ignored ->
                            new SagaState.Compensating(stop.cause(), stop.reach());
                    case SagaState.Provisional done -> throw notLive(done);
                    case SagaState.Ended ended -> throw notLive(ended);
                };
    }

    private void takenBack(int kept) {
        steps.takenBack(kept);
        turns = without(turns, it -> it.at() > kept);
        state = new SagaState.Running(Optional.empty());
    }

    private void hold(Incident why) {
        outstanding = changed(about(why), it -> it.with(new Delivery.Stopped()));
        raise(why);
    }

    private void raise(Incident why) {
        List<Incident> next = new ArrayList<>(incidents);
        next.removeIf(it -> it.isReplacedBy(why));
        next.add(why);
        incidents = List.copyOf(next);
    }

    private void resolve(SagaEvent.IncidentResolved resolved) {
        List<Incident> next = new ArrayList<>();
        for (Incident incident : incidents) {
            if (incident.is(resolved.code(), resolved.step())) {
                outstanding = changed(about(incident), Outstanding::errorsForgotten);
            } else {
                next.add(incident);
            }
        }
        incidents = List.copyOf(next);
    }

    private static Predicate<Outstanding> about(Incident incident) {
        return it -> it.execution().path().equals(incident.step());
    }

    private void end(SagaState.Ended ended) {
        state = ended;
        endedAt = Optional.of(time);
        outstanding = List.of();
        waits = List.of();
        incidents = List.of();
        pausedAt = Optional.empty();
    }

    private void remember(Operation operation) {
        List<Operation> next = added(operations, operation);
        int from = Math.max(0, next.size() - SagaInstance.OPERATIONS_KEPT);
        operations = next.subList(from, next.size());
    }

    /** The action, or what was waited for, has its outcome. */
    private void settle(String path, int execution, UnaryOperator<StepRecord> change) {
        Execution action = Execution.action(path, execution);
        outstanding = without(outstanding, it -> it.execution().equals(action));
        waits = without(waits, it -> it.is(path, execution));
        steps.change(path, execution, change);
    }

    private void compensated(String path, int compensates, UnaryOperator<StepRecord> change) {
        outstanding = without(outstanding, it -> isCompensation(it.execution(), path, compensates));
        steps.change(path, compensates, change);
    }

    private static boolean isCompensation(Execution execution, String path, int compensates) {
        return execution.compensates() == compensates && execution.path().equals(path);
    }

    private static <T> List<T> without(List<T> list, Predicate<T> which) {
        if (list.isEmpty()) {
            return list;
        }
        List<T> next = new ArrayList<>(list);
        next.removeIf(which);
        return List.copyOf(next);
    }

    private void command(SagaEvent.AboutCommand about, UnaryOperator<Outstanding> change) {
        outstanding = changed(it -> it.execution().equals(about.execution()), change);
    }

    private List<Outstanding> changed(
            Predicate<Outstanding> which, UnaryOperator<Outstanding> change) {
        List<Outstanding> next = new ArrayList<>(outstanding);
        next.replaceAll(it -> which.test(it) ? change.apply(it) : it);
        return List.copyOf(next);
    }

    private SagaState.Compensating compensating() {
        if (state instanceof SagaState.Compensating compensating) {
            return compensating;
        }
        throw new IllegalStateException("Expected " + id + " to compensate but it is " + state);
    }

    private IllegalStateException notLive(SagaState done) {
        return new IllegalStateException("Expected a live saga but " + id + " " + done);
    }

    private static <T> List<T> added(List<T> list, T last) {
        List<T> next = new ArrayList<>(list);
        next.add(last);
        return List.copyOf(next);
    }
}
