package io.clew.saga;

import io.clew.saga.testkit.SimulatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Nodes with one deliberate defect each in what they do next. */
final class RuleDefects {
    private static final int HOSTS = 1000;

    private RuleDefects() {}

    /** A decision as the machine made it. */
    private record Made(SagaInstance before, Inbound in, Decision.Applied sound) {
        List<SagaEvent> events() {
            return sound.transition().events();
        }

        <E extends SagaEvent> Optional<E> first(Class<E> kind) {
            return events().stream().filter(kind::isInstance).map(kind::cast).findFirst();
        }

        boolean has(Class<? extends SagaEvent> kind) {
            return first(kind).isPresent();
        }

        /** What happened up to the first event of this kind. */
        List<SagaEvent> until(Class<? extends SagaEvent> kind) {
            return events().stream().takeWhile(it -> !kind.isInstance(it)).toList();
        }

        boolean asksFor(Class<? extends InterventionRequest> request) {
            return in.input() instanceof SagaInput.Intervention asked
                    && request.isInstance(asked.request());
        }
    }

    /** What a defective machine does in place of a decision; nothing if it agrees. */
    @FunctionalInterface
    private interface Defect {
        Optional<Consumer<Draft>> of(Made made);
    }

    private static SimulatedNode instead(SimulatedNode.Ports ports, Defect defect) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    Decision sound = Decider.MACHINE.decide(definition, saga, in, pauses);
                    if (saga.isEmpty() || !(sound instanceof Decision.Applied applied)) {
                        return sound;
                    }
                    Optional<Consumer<Draft>> other = defect.of(new Made(saga.get(), in, applied));
                    if (other.isEmpty()) {
                        return sound;
                    }
                    Draft draft = Draft.of(definition, saga.get(), in, pauses);
                    other.get().accept(draft);
                    return draft.finish();
                });
    }

    /** What other branches have out is not waited for before all is taken back. */
    static SimulatedNode takesBackAtOnce(SimulatedNode.Ports ports) {
        return instead(
                ports,
                made ->
                        made.first(SagaEvent.StopRequested.class)
                                .filter(it -> !(it.reach() instanceof Reach.Nothing))
                                .filter(it -> !made.has(SagaEvent.CompensationStarted.class))
                                .map(
                                        stop ->
                                                draft -> {
                                                    made.until(SagaEvent.StopRequested.class)
                                                            .forEach(draft::emit);
                                                    Backward.start(
                                                            draft, stop.cause(), stop.reach());
                                                }));
    }

    /** The pivot has succeeded, but what was asked for before counts. */
    static SimulatedNode takesBackAfterThePivot(SimulatedNode.Ports ports) {
        return instead(
                ports,
                made ->
                        made.has(SagaEvent.StopLifted.class)
                                        && made.in().input() instanceof SagaInput.Reply
                                ? Optional.of(
                                        draft -> {
                                            made.until(SagaEvent.StopLifted.class)
                                                    .forEach(draft::emit);
                                            Backward.start(
                                                    draft,
                                                    made.before().failure().orElseThrow(),
                                                    new Reach.Everything());
                                        })
                                : Optional.empty());
    }

    /** What came late is taken for taken back, and nobody is asked to. */
    static SimulatedNode leavesLateEventsStanding(SimulatedNode.Ports ports) {
        return instead(
                ports,
                made ->
                        made.has(SagaEvent.CommandDecided.class)
                                ? made.first(SagaEvent.LateSuccess.class)
                                        .map(late -> draft -> forgets(draft, made, late))
                                : Optional.empty());
    }

    private static void forgets(Draft draft, Made made, SagaEvent.LateSuccess late) {
        made.until(SagaEvent.CommandDecided.class).forEach(draft::emit);
        draft.emit(new SagaEvent.CompensationSucceeded(late.path(), late.execution(), false));
        Forward.proceed(draft);
    }

    /** It goes forward again before anything has been taken back. */
    static SimulatedNode rewindsWithoutTakingBack(SimulatedNode.Ports ports) {
        return instead(
                ports,
                made ->
                        made.first(SagaEvent.CompensationStarted.class)
                                .filter(it -> it.reach() instanceof Reach.Since)
                                .map(start -> draft -> goesForward(draft, made, start)));
    }

    private static void goesForward(Draft draft, Made made, SagaEvent.CompensationStarted start) {
        made.until(SagaEvent.CompensationStarted.class).forEach(draft::emit);
        Reach.Since since = (Reach.Since) start.reach();
        draft.emit(start);
        draft.emit(new SagaEvent.TakenBack(since.name(), since.kept()));
        Forward.proceed(draft);
    }

    /** A rewind reaches back wherever the saga is. */
    static SimulatedNode rewindsPastThePointOfNoReturn(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    Optional<StepRecord> to =
                            saga.filter(it -> PointOfNoReturn.passed(definition, it))
                                    .filter(it -> it.phase() == Phase.RUNNING)
                                    .flatMap(it -> asked(in, it));
                    if (to.isEmpty()) {
                        return Decider.MACHINE.decide(definition, saga, in, pauses);
                    }
                    SagaInstance it = saga.orElseThrow();
                    Draft draft = Draft.of(definition, it, in, pauses);
                    Backward.start(
                            draft,
                            new Failure(Failure.REWOUND, "", to.get().path()),
                            new Reach.Since(to.get().path(), it.steps().indexOf(to.get())));
                    return draft.finish();
                });
    }

    private static Optional<StepRecord> asked(Inbound in, SagaInstance saga) {
        return in.input() instanceof SagaInput.Intervention asked
                        && asked.request() instanceof InterventionRequest.Rewind rewind
                ? saga.live(rewind.to())
                : Optional.empty();
    }

    /** The operator's retry ends the incident of a hold, and nothing else. */
    static SimulatedNode standsStillAfterAHold(SimulatedNode.Ports ports) {
        return instead(
                ports,
                made ->
                        made.asksFor(InterventionRequest.Retry.class)
                                        && made.has(SagaEvent.StopLifted.class)
                                ? only(made, RuleDefects::isBookkeeping)
                                : Optional.empty());
    }

    /** A retry ends the incident, but sends nothing. */
    static SimulatedNode retriesNothing(SimulatedNode.Ports ports) {
        return instead(
                ports,
                made ->
                        made.asksFor(InterventionRequest.Retry.class)
                                        && made.has(SagaEvent.CommandSent.class)
                                ? only(made, RuleDefects::isBookkeeping)
                                : Optional.empty());
    }

    private static boolean isBookkeeping(SagaEvent event) {
        return event instanceof SagaEvent.OperationApplied
                || event instanceof SagaEvent.IncidentResolved;
    }

    private static Optional<Consumer<Draft>> only(Made made, Predicate<SagaEvent> kept) {
        return Optional.of(draft -> made.events().stream().filter(kept).forEach(draft::emit));
    }

    /** Silence is taken for a refusal, and the step is executed anew. */
    static SimulatedNode takesSilenceForARefusal(SimulatedNode.Ports ports) {
        return instead(
                ports,
                made ->
                        made.first(SagaEvent.CommandSent.class)
                                .filter(it -> made.in().input() instanceof SagaInput.TimerFired)
                                .map(SagaEvent.CommandSent::execution)
                                .filter(it -> it.direction() == Direction.ACTION)
                                .map(it -> draft -> executesAnew(draft, it)));
    }

    private static void executesAnew(Draft draft, Execution silent) {
        Failure silence = new Failure("SILENT", "", silent.path());
        draft.emit(new SagaEvent.StepRefused(silent.path(), silent.number(), silence));
        draft.decide(
                draft.definition.step(silent.path()),
                Execution.action(silent.path(), silent.number() + 1));
    }

    /** A step in doubt that turns out to have been refused is taken back all the same. */
    static SimulatedNode takesBackWhatWasRefused(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    Decision sound = Decider.MACHINE.decide(definition, saga, in, pauses);
                    boolean late =
                            sound instanceof Decision.Applied applied
                                    && applied.transition().events().stream()
                                            .anyMatch(SagaEvent.LateRefusal.class::isInstance);
                    return late ? new Decision.Rejected(Rejection.NOT_OUTSTANDING) : sound;
                });
    }

    /** The saga ends when the last compensation is sent, not when it is done. */
    static SimulatedNode endsBeforeTheLastCompensation(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    Decision sound = Decider.MACHINE.decide(definition, saga, in, pauses);
                    if (!(sound instanceof Decision.Applied applied) || !isLast(applied.after())) {
                        return sound;
                    }
                    List<SagaEvent> events = new ArrayList<>(applied.transition().events());
                    events.add(new SagaEvent.SagaCompensated());
                    return Defects.rewritten(saga, applied, events);
                });
    }

    private static boolean isLast(SagaInstance saga) {
        return saga.state() instanceof SagaState.Compensating back
                && back.reach() instanceof Reach.Everything
                && saga.steps().stream().filter(StepRecord::owesCompensation).count() == 1;
    }

    /**
     * What is kept of an error says where it was noted. Nothing hangs on that, and it is gone once
     * the step has its outcome: only the rows in between tell.
     */
    static SimulatedNode notesWhereItRuns(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Defects.changed(
                                saga,
                                Decider.MACHINE.decide(definition, saga, in, pauses),
                                event -> noted(event, ports.luck().nextInt(HOSTS))));
    }

    private static SagaEvent noted(SagaEvent event, int host) {
        if (!(event instanceof SagaEvent.ErrorReported error)) {
            return event;
        }
        Failure was = error.error();
        Failure noted =
                new Failure(was.code(), was.reason() + " (noted by " + host + ")", was.step());
        return new SagaEvent.ErrorReported(
                error.execution(), noted, error.errors(), error.delivery());
    }
}
