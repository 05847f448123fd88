package io.clew.saga.testkit;

import io.clew.saga.Direction;
import io.clew.saga.Execution;
import io.clew.saga.Phase;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaId;
import io.clew.saga.StepKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        TAKEN_BACK_BY_HAND
    }

    private final SagaId saga;
    private final long run;
    private final SagaDefinition definition;
    private final Map<Execution, Fate> actions = new LinkedHashMap<>();
    private final Map<Execution, Boolean> owed = new LinkedHashMap<>();
    private final List<Execution> undoing = new ArrayList<>();
    private final List<Execution> refusedInTime = new ArrayList<>();
    private boolean pastPointOfNoReturn;
    private Optional<Phase> end = Optional.empty();
    private long endedAt;

    Story(SagaId saga, long run, SagaDefinition definition) {
        this.saga = saga;
        this.run = run;
        this.definition = definition;
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
            case SagaEvent.CompensationStarted it -> {
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
            case SagaEvent.SagaCompleted ignored -> end(Phase.COMPLETED, time);
            case SagaEvent.SagaCompensated ignored -> compensated(time);
            case SagaEvent.SagaAbandoned ignored -> end(Phase.ABANDONED, time);
            case SagaEvent ignored -> {}
        }
    }

    private void decided(SagaEvent.CommandDecided decided) {
        Execution execution = decided.execution();
        switch (execution.direction()) {
            case ACTION -> {
                actions.put(execution, Fate.OPEN);
                owed.put(execution, decided.compensatable());
                StepKind kind = definition.step(execution.path()).kind();
                if (!definition.hasPivot() && kind == StepKind.RETRIABLE) {
                    pastPointOfNoReturn = true;
                }
            }
            case COMPENSATION -> {
                undoing.add(execution);
                Execution undone = Execution.action(execution.path(), execution.compensates());
                if (!newestOwed().equals(Optional.of(undone))) {
                    throw new Violation(
                            "S2 exact reverse order",
                            saga,
                            execution + " was decided, but next is " + newestOwed());
                }
            }
        }
    }

    private Optional<Execution> newestOwed() {
        Optional<Execution> newest = Optional.empty();
        for (Map.Entry<Execution, Fate> action : actions.entrySet()) {
            boolean open =
                    switch (action.getValue()) {
                        case DONE, IN_DOUBT -> !refusedInTime.contains(action.getKey());
                        case OPEN, REFUSED, SKIPPED, TAKEN_BACK, TAKEN_BACK_BY_HAND -> false;
                    };
            if (open && Boolean.TRUE.equals(owed.get(action.getKey()))) {
                newest = Optional.of(action.getKey());
            }
        }
        return newest;
    }

    private void succeeded(String path, int number, Fate fate) {
        set(path, number, fate);
        if (definition.step(path).kind() == StepKind.PIVOT) {
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
