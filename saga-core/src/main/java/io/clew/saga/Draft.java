package io.clew.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A decision in the making: every event is applied at once, so that the next rule sees it. */
final class Draft {
    /** How long a command that could not be sent waits before it is looked at again. */
    private static final Duration UNTIL_NEXT_LOOK = Duration.ofMinutes(1);

    /** What the saga goes by; a migration changes it. */
    SagaDefinition definition;

    final Instant now;
    private final Instant dueBy;
    private final Inbound inbound;
    private final Pauses pauses;
    private final InstanceBuilder builder;
    private final List<SagaEvent> events = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();

    /** As it is after all events; none while some have not been looked at. */
    private Optional<SagaInstance> built = Optional.empty();

    private Draft(
            SagaDefinition definition,
            Inbound inbound,
            Pauses pauses,
            Instant now,
            InstanceBuilder builder) {
        this.definition = definition;
        this.inbound = inbound;
        this.pauses = pauses.asOf(inbound.position());
        this.now = now;
        this.dueBy = dueBy(inbound, now);
        this.builder = builder;
    }

    static Draft of(SagaDefinition definition, SagaInstance saga, Inbound in, Pauses pauses) {
        Instant now = later(in.timestamp(), saga.time());
        InstanceBuilder builder = new InstanceBuilder(saga);
        builder.advance(in.position(), now);
        return new Draft(definition, in, pauses, now, builder);
    }

    static Draft ofStart(
            SagaDefinition definition, Inbound in, SagaInput.Trigger trigger, Pauses pauses) {
        Instant now = in.timestamp();
        SagaEvent.SagaStarted started =
                new SagaEvent.SagaStarted(
                        trigger.definition(),
                        trigger.logicVersion(),
                        trigger.event(),
                        trigger.index(),
                        now.plus(definition.deadline()),
                        trigger.tokenKey(),
                        trigger.traceparent(),
                        trigger.call().map(ParentCall::parent));
        InstanceBuilder builder =
                new InstanceBuilder(in.saga(), now.toEpochMilli(), in.position(), now, started);
        builder.advance(in.position(), now);
        Draft draft = new Draft(definition, in, pauses, now, builder);
        draft.emit(started);
        in.early().map(Early::arrivals).orElse(List.of()).stream()
                .map(SagaEvent.ArrivalHeld::new)
                .forEach(draft::emit);
        return draft;
    }

    /** A timer that fires up to a second early counts as due, but moves no clock. */
    private static Instant dueBy(Inbound in, Instant now) {
        return in.input() instanceof SagaInput.TimerFired fired
                        && !fired.dueAt().isAfter(now.plusSeconds(1))
                ? later(now, fired.dueAt())
                : now;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    SagaInstance saga() {
        if (built.isEmpty()) {
            built = Optional.of(builder.build());
        }
        return built.get();
    }

    void emit(SagaEvent event) {
        builder.apply(event);
        events.add(event);
        built = Optional.empty();
    }

    /** From now on it goes by this version. */
    void migrate(SagaDefinition version) {
        emit(new SagaEvent.Migrated(version.ref()));
        definition = version;
    }

    /** The version that a migration leads to. */
    SagaDefinition target() {
        return inbound.target().orElseThrow();
    }

    boolean unchanged() {
        return events.isEmpty();
    }

    boolean reached(Instant instant) {
        return !dueBy.isBefore(instant);
    }

    /** Whether nothing may be taken back any more. */
    boolean irreversible() {
        return PointOfNoReturn.passed(definition, saga());
    }

    /** Freezes the command of a new action execution and sends it, or parks it. */
    void decide(Step step, Execution execution) {
        boolean bounded = step.compensatable();
        decide(
                execution,
                step.compensatable(),
                bounded ? Optional.of(saga().deadline()) : Optional.empty(),
                saga().failure());
    }

    /** Freezes the command of a compensation and sends it, or parks it. */
    void decideCompensation(Execution execution, Failure why) {
        decide(execution, true, Optional.empty(), Optional.of(why));
    }

    private void decide(
            Execution execution,
            boolean compensatable,
            Optional<Instant> deadline,
            Optional<Failure> failure) {
        CommandSpec spec = definition.command(execution);
        FrozenCommand command =
                new FrozenCommand(
                        spec.participant(),
                        spec.topic(),
                        spec.type(),
                        spec.mapping()
                                .render(scope(execution.path(), failure, received(execution))),
                        inbound.timestamp(),
                        deadline,
                        isOfAwait(execution));
        emit(new SagaEvent.CommandDecided(execution, command, compensatable));
        send(execution);
    }

    private boolean isOfAwait(Execution execution) {
        return definition.place(execution.path()).leaf() instanceof Await;
    }

    /** What an await has received, for the compensation of it. */
    private Optional<Bytes> received(Execution execution) {
        return isOfAwait(execution)
                ? saga().record(execution.path(), execution.compensates())
                        .flatMap(StepRecord::output)
                : Optional.empty();
    }

    /** Sends the next attempt of an outstanding command, or parks it if that cannot be done now. */
    void send(Execution execution) {
        Outstanding command = saga().outstanding(execution).orElseThrow();
        send(command, command.attempt() + 1);
    }

    /** Sends the same attempt of an outstanding command again. */
    void sendAgain(Execution execution) {
        Outstanding command = saga().outstanding(execution).orElseThrow();
        send(command, command.attempt());
    }

    private void send(Outstanding command, int attempt) {
        Execution execution = command.execution();
        if (saga().pausedAt().isPresent()) {
            Instant nextLook = now.plus(UNTIL_NEXT_LOOK);
            emit(
                    new SagaEvent.CommandParked(
                            execution, new Delivery.Parked(Delivery.Parked.PAUSED, nextLook)));
            return;
        }
        Optional<PauseSubject> pause = pauseOf(command);
        if (pause.isPresent()) {
            pause(command, pause.get());
            return;
        }
        Waits waits = Waits.of(definition, saga(), command);
        emit(new SagaEvent.CommandSent(execution, attempt, waits.sent(attempt, now)));
        commands.add(saga().commandOf(command, attempt));
    }

    /** What holds this command as long as it is paused as a whole. */
    Optional<PauseSubject> pauseOf(Outstanding command) {
        return pauses.holding(definition.ref().name(), command.command());
    }

    boolean definitionPaused() {
        return pauses.lasts(definitionItself());
    }

    PauseSubject definitionItself() {
        return PauseSubject.definition(definition.ref().name());
    }

    void pause(Outstanding command, PauseSubject by) {
        Optional<Delivery.Awaited> resumeTo =
                switch (command.delivery()) {
                    case Delivery.Awaited awaited -> Optional.of(awaited);
                    case Delivery.Paused paused -> paused.resumeTo();
                    case Delivery.Parked ignored -> Optional.empty();
                    case Delivery.Stopped ignored -> Optional.empty();
                };
        emit(new SagaEvent.CommandPaused(command.execution(), new Delivery.Paused(by, resumeTo)));
    }

    /** How long its waits have stood still since they were last counted. */
    Duration stoodStill(Outstanding command, Instant until) {
        return pauses.stoodStill(
                definition.ref().name(), command.command(), command.waitsFrom(), until);
    }

    /**
     * What expressions at a path can see: outputs of all that is written up to it, in a loop those
     * of the same item.
     */
    MappingScope scope(String path, Optional<Failure> failure, Optional<Bytes> received) {
        Sight sight = new Sight(path, StepPath.indices(path), definition.place(path).order());
        return scope(sight, failure, received);
    }

    /** What the saga has come to, if its definition says so: over all outputs there are. */
    Optional<Bytes> result() {
        Optional<ResultSpec> spec = definition.result();
        return spec.isEmpty()
                ? Optional.empty()
                : Optional.of(spec.get().mapping().render(scope(List.of())));
    }

    /** What expressions between steps can see: all outputs, in a loop those of the same item. */
    MappingScope scope(List<Integer> indices) {
        Sight sight = new Sight("", indices, Integer.MAX_VALUE);
        return scope(sight, saga().failure(), Optional.empty());
    }

    /** From where expressions look: a path, or none between steps, its loops, its place. */
    private record Sight(String path, List<Integer> indices, int order) {}

    private MappingScope scope(Sight sight, Optional<Failure> failure, Optional<Bytes> received) {
        Map<String, Bytes> outputs = new HashMap<>();
        for (StepRecord record : saga().steps()) {
            boolean visible =
                    record.output().isPresent()
                            && !record.undone()
                            && definition.place(record.path()).order() <= sight.order()
                            && isAround(StepPath.indices(record.path()), sight.indices())
                            && (!cameLate(record) || record.path().equals(sight.path()));
            if (visible) {
                outputs.put(StepPath.name(record.path()), record.output().get());
            }
        }
        return new MappingScope(
                saga().id(),
                saga().run(),
                saga().startedAt(),
                saga().event(),
                outputs,
                failure,
                sight.indices(),
                received);
    }

    /** An event the saga went on without: nobody else may see it now and not before. */
    boolean cameLate(StepRecord record) {
        return definition.place(record.path()).leaf() instanceof Await && isPassedOver(record);
    }

    /** Whether it failed in a way the saga goes on after. */
    boolean isPassedOver(StepRecord record) {
        return record.failure()
                .filter(it -> policyFor(record, it) instanceof FailurePolicy.Continue)
                .isPresent();
    }

    /** What a failure of this step, or of this await, leads to. */
    FailurePolicy policyFor(StepRecord record, Failure failure) {
        return switch (definition.place(record.path()).leaf()) {
            case Step step -> step.policyFor(failure.code());
            case Await await -> await.onTimeout();
            case Delay ignored -> new FailurePolicy.Compensate();
            case Savepoint ignored -> new FailurePolicy.Compensate();
        };
    }

    private static boolean isAround(List<Integer> outer, List<Integer> inner) {
        return outer.size() <= inner.size() && outer.equals(inner.subList(0, outer.size()));
    }

    Decision finish() {
        armTimer();
        Transition transition =
                new Transition(
                        saga().id(),
                        saga().run(),
                        saga().revision(),
                        saga().time(),
                        inbound.position(),
                        inbound.input().kind(),
                        events,
                        Optional.empty());
        return new Decision.Applied(saga(), transition, List.copyOf(commands));
    }

    /** Lazily: a live timer that fires too early is cheaper than one moved at every step. */
    private void armTimer() {
        Optional<Instant> due = Timers.nextDue(definition, saga());
        Optional<Instant> armed = saga().timer().filter(timer -> !consumed(timer));
        boolean ended = saga().phase().ended();
        boolean needed =
                due.isPresent() && (armed.isEmpty() || due.get().isBefore(armed.get()) || ended);
        if (needed) {
            if (!due.equals(saga().timer()) || !due.equals(armed)) {
                emit(new SagaEvent.TimerArmed(due));
            }
        } else if (armed.isEmpty() && saga().timer().isPresent()) {
            emit(new SagaEvent.TimerArmed(Optional.empty()));
        }
    }

    private boolean consumed(Instant timer) {
        return inbound.input() instanceof SagaInput.TimerFired fired && fired.dueAt().equals(timer);
    }
}
