package io.clew.saga.testkit;

import io.clew.saga.Await;
import io.clew.saga.Direction;
import io.clew.saga.Execution;
import io.clew.saga.Incident;
import io.clew.saga.Parent;
import io.clew.saga.Phase;
import io.clew.saga.Reach;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaId;
import io.clew.saga.Step;
import io.clew.saga.StepKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run of a saga as its committed transitions tell it, held against the promises. */
final class Story {
    /** What became of an action, as far as the transitions say. */
    enum Fate {
        OPEN,
        DONE,
        REFUSED,
        IN_DOUBT,
        SKIPPED,
        TAKEN_BACK,
        TAKEN_BACK_BY_HAND,
        /** Not executed, since its condition did not hold. */
        PASSED,
        CANCELLED
    }

    private final SagaId saga;
    private final long run;
    private SagaDefinition definition;
    private final Map<Execution, Fate> actions = new LinkedHashMap<>();
    private final Map<Execution, Boolean> owed = new LinkedHashMap<>();
    private final List<Execution> undoing = new ArrayList<>();
    private final List<Execution> refusedInTime = new ArrayList<>();
    private final Set<Execution> undone = new HashSet<>();
    private final List<SagaEvent.TurnTaken> turns = new ArrayList<>();
    private final Set<String> arrivals = new HashSet<>();
    private final Set<Execution> cameLate = new HashSet<>();
    private Progress progress;
    private Optional<Parent> parent = Optional.empty();
    private boolean forward = true;
    private boolean stopped;
    private boolean pastPointOfNoReturn;
    private Optional<Phase> end = Optional.empty();
    private long endedAt;

    Story(SagaId saga, long run, SagaDefinition definition) {
        this.saga = saga;
        this.run = run;
        this.definition = definition;
        this.progress = new Progress(definition, this);
    }

    /** The same, apart from now on. */
    Story copy() {
        Story copy = new Story(saga, run, definition);
        copy.actions.putAll(actions);
        copy.owed.putAll(owed);
        copy.undoing.addAll(undoing);
        copy.refusedInTime.addAll(refusedInTime);
        copy.undone.addAll(undone);
        copy.turns.addAll(turns);
        copy.arrivals.addAll(arrivals);
        copy.cameLate.addAll(cameLate);
        copy.parent = parent;
        copy.forward = forward;
        copy.stopped = stopped;
        copy.pastPointOfNoReturn = pastPointOfNoReturn;
        copy.end = end;
        copy.endedAt = endedAt;
        return copy;
    }

    /** From now on it goes by another version, in which all it has done must stand. */
    void migrated(SagaDefinition to) {
        definition = to;
        progress = new Progress(to, this);
        for (Execution action : actions.keySet()) {
            if (to.leaf(action.path()).isEmpty()) {
                throw new Violation(
                        "S7 what was done is still there", saga, action + " " + to.ref());
            }
        }
    }

    /** All that it hangs on what may follow. */
    List<Object> memory() {
        return List.of(
                List.of(run, forward, stopped, pastPointOfNoReturn, end, endedAt),
                List.copyOf(actions.entrySet()),
                owed,
                undoing,
                refusedInTime,
                undone,
                turns,
                arrivals,
                cameLate);
    }

    SagaId saga() {
        return saga;
    }

    long run() {
        return run;
    }

    SagaDefinition definition() {
        return definition;
    }

    Map<Execution, Fate> actions() {
        return actions;
    }

    /** The step of another saga that started it. */
    Optional<Parent> parent() {
        return parent;
    }

    Optional<Phase> end() {
        return end;
    }

    long endedAt() {
        return endedAt;
    }

    boolean decided(Execution execution) {
        return execution.direction() == Direction.ACTION
                ? actions.containsKey(execution)
                : undoing.contains(execution);
    }

    /** A refusal was heard, whatever the machine made of it. */
    void refusalHeard(String path, int number) {
        Execution action = Execution.action(path, number);
        boolean inTime =
                actions.get(action) == Fate.IN_DOUBT
                        && undoing.stream()
                                .noneMatch(
                                        it -> it.path().equals(path) && it.compensates() == number);
        if (inTime) {
            refusedInTime.add(action);
        }
    }

    void apply(SagaEvent event, long time) {
        if (end.isPresent() && !(event instanceof SagaEvent.TimerArmed)) {
            throw new Violation("S5 one final outcome", saga, event + " after " + end.get());
        }
        switch (event) {
            case SagaEvent.CommandDecided decided -> decided(decided);
            case SagaEvent.StepSucceeded it -> succeeded(it.path(), it.execution(), Fate.DONE);
            case SagaEvent.StepSkipped it -> succeeded(it.path(), it.execution(), Fate.SKIPPED);
            case SagaEvent.StepRefused it -> set(it.path(), it.execution(), Fate.REFUSED);
            case SagaEvent.LateRefusal it -> set(it.path(), it.execution(), Fate.REFUSED);
            case SagaEvent.StepGivenUp it -> set(it.path(), it.execution(), Fate.IN_DOUBT);
            case SagaEvent.StepPassed it -> {
                begun(Execution.action(it.path(), it.execution()), Fate.PASSED, false);
            }
            case SagaEvent.SavepointReached it ->
                    begun(Execution.action(it.path(), it.execution()), Fate.DONE, false);
            case SagaEvent.WaitBegun it ->
                    begun(
                            Execution.action(it.path(), it.execution()),
                            Fate.OPEN,
                            it.compensatable());
            case SagaEvent.WaitCancelled it -> set(it.path(), it.execution(), Fate.CANCELLED);
            case SagaEvent.LateSuccess it -> late(Execution.action(it.path(), it.execution()));
            case SagaEvent.TurnTaken it -> {
                if (turn(it.path()).isPresent()) {
                    throw new Violation("S2 decided once, for good", saga, it + " after " + turns);
                }
                turns.add(it);
            }
            case SagaEvent.ArrivalTaken it -> {
                if (!arrivals.add(it.id())) {
                    throw new Violation("S1 an event is taken once", saga, "" + it);
                }
            }
            case SagaEvent.TakenBack it -> takenBack(it);
            case SagaEvent.StopRequested it -> stopped = it.reach() instanceof Reach.Everything;
            case SagaEvent.StopLifted ignored -> stopped = false;
            case SagaEvent.IncidentResolved it -> wanted(it);
            case SagaEvent.CompensationStarted it -> {
                forward = false;
                if (pastPointOfNoReturn) {
                    throw new Violation(
                            "S4 nothing is taken back past the point of no return", saga, "" + it);
                }
            }
            case SagaEvent.CompensationSucceeded it ->
                    set(
                            it.path(),
                            it.compensates(),
                            it.byHand() ? Fate.TAKEN_BACK_BY_HAND : Fate.TAKEN_BACK);
            case SagaEvent.SagaStarted it -> parent = it.parent();
            case SagaEvent.WorkDone ignored -> allDone();
            case SagaEvent.SagaCompleted ignored -> completed(time);
            case SagaEvent.SagaCompensated ignored -> compensated(time);
            case SagaEvent.SagaAbandoned ignored -> end(Phase.ABANDONED, time);
            case SagaEvent ignored -> {}
        }
    }

    private void decided(SagaEvent.CommandDecided decided) {
        Execution execution = decided.execution();
        switch (execution.direction()) {
            case ACTION -> {
                begun(execution, Fate.OPEN, decided.compensatable());
                boolean retriable = definition.step(execution.path()).kind() == StepKind.RETRIABLE;
                if (retriable && !progress.isBesidePivot(execution.path())) {
                    pastPointOfNoReturn = true;
                }
            }
            case COMPENSATION -> {
                undoing.add(execution);
                Execution action = Execution.action(execution.path(), execution.compensates());
                boolean late = forward && isLate(action);
                if (!late && (forward || !newestOwed().equals(Optional.of(action)))) {
                    throw new Violation(
                            "S2 exact reverse order",
                            saga,
                            execution + " was decided, but next is " + newestOwed());
                }
            }
        }
    }

    private void begun(Execution execution, Fate fate, boolean compensatable) {
        if (!forward) {
            throw new Violation("S2 nothing begins while it is taken back", saga, "" + execution);
        }
        if (!progress.mayBegin(execution.path())) {
            throw new Violation(
                    "S2 one after the other", saga, execution + " before its turn: " + actions);
        }
        actions.put(execution, fate);
        owed.put(execution, compensatable);
    }

    /** What was given up has been done: it is owed a compensation, unless it had one already. */
    private void late(Execution action) {
        Fate fate = actions.get(action);
        if (fate == Fate.REFUSED || fate == Fate.CANCELLED) {
            set(action.path(), action.number(), Fate.DONE);
            if (progress.mayContinue(action.path())) {
                cameLate.add(action);
            }
        }
    }

    /** A saga that stood still for it goes on with it: it did not come too late. */
    private void wanted(SagaEvent.IncidentResolved resolved) {
        if (resolved.code() == Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN) {
            cameLate.removeIf(it -> it.path().equals(resolved.step()));
        }
    }

    private boolean isLate(Execution action) {
        return actions.get(action) == Fate.DONE
                && definition.leaf(action.path()).orElseThrow() instanceof Await;
    }

    private void takenBack(SagaEvent.TakenBack back) {
        Optional<Execution> since = actions.keySet().stream().skip(back.kept()).findFirst();
        boolean right = since.filter(it -> it.path().equals(back.name())).isPresent() && !forward;
        if (!right || pastPointOfNoReturn) {
            throw new Violation("S2 taken back to where it was", saga, back + " but " + actions);
        }
        int index = 0;
        for (Execution action : List.copyOf(actions.keySet())) {
            if (index >= back.kept()) {
                if (isOwed(action)) {
                    throw new Violation("S2 exact reverse order", saga, action + " was left out");
                }
                undone.add(action);
            }
            index++;
        }
        turns.removeIf(it -> !progress.isBefore(it.path(), back.name()));
        forward = true;
    }

    /** What became of the newest execution of this path that still counts. */
    Optional<Fate> fate(String path) {
        return actions.entrySet().stream()
                .filter(it -> it.getKey().path().equals(path) && !undone.contains(it.getKey()))
                .reduce((first, second) -> second)
                .map(Map.Entry::getValue);
    }

    Optional<Integer> turn(String path) {
        return turns.stream()
                .filter(it -> it.path().equals(path))
                .reduce((first, second) -> second)
                .map(SagaEvent.TurnTaken::number);
    }

    private void allDone() {
        if (stopped) {
            throw new Violation("S5 what is stopped is taken back", saga, "" + actions);
        }
        if (!progress.isOver()) {
            throw new Violation("S5 completed means all was done", saga, "" + actions);
        }
        for (Execution action : cameLate) {
            if (isOwed(action)) {
                throw new Violation("S2 what came late is taken back", saga, "" + action);
            }
        }
    }

    private void completed(long time) {
        allDone();
        end(Phase.COMPLETED, time);
    }

    private boolean isOwed(Execution action) {
        boolean open =
                switch (actions.getOrDefault(action, Fate.OPEN)) {
                    case DONE, IN_DOUBT -> !refusedInTime.contains(action);
                    case OPEN,
                            REFUSED,
                            SKIPPED,
                            TAKEN_BACK,
                            TAKEN_BACK_BY_HAND,
                            PASSED,
                            CANCELLED ->
                            false;
                };
        return open && !undone.contains(action) && Boolean.TRUE.equals(owed.get(action));
    }

    private Optional<Execution> newestOwed() {
        Optional<Execution> newest = Optional.empty();
        for (Execution action : actions.keySet()) {
            if (isOwed(action)) {
                newest = Optional.of(action);
            }
        }
        return newest;
    }

    private void succeeded(String path, int number, Fate fate) {
        set(path, number, fate);
        boolean pivot =
                definition.leaf(path).orElseThrow() instanceof Step step
                        && step.kind() == StepKind.PIVOT;
        if (pivot) {
            pastPointOfNoReturn = true;
        }
    }

    private void set(String path, int number, Fate fate) {
        Execution action = Execution.action(path, number);
        if (!actions.containsKey(action)) {
            throw new Violation("S7 the timeline tells all", saga, action + " was never decided");
        }
        actions.put(action, fate);
    }

    private void compensated(long time) {
        Optional<Execution> left = newestOwed();
        if (left.isPresent()) {
            throw new Violation("S2 exact reverse order", saga, left.get() + " was left out");
        }
        end(Phase.COMPENSATED, time);
    }

    private void end(Phase phase, long time) {
        end = Optional.of(phase);
        endedAt = time;
    }
}
