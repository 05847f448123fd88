package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes through a definition from its beginning by what has been done, and begins what can begin.
 * Where a saga stands is not kept: it follows from the records of its steps and the turns it took.
 */
final class Walk {
    private final Draft draft;

    /** Forward work has ended meanwhile: nothing more begins. */
    private boolean ended;

    private Walk(Draft draft) {
        this.draft = draft;
    }

    /** Whether all is done; what can begin has begun. */
    static boolean through(Draft draft) {
        Walk walk = new Walk(draft);
        return walk.done(draft.definition.root(), List.of());
    }

    private boolean done(Sequence sequence, List<Integer> indices) {
        for (Node node : sequence.nodes()) {
            if (ended || !done(node, indices)) {
                return false;
            }
        }
        return true;
    }

    private boolean done(Node node, List<Integer> indices) {
        return switch (node) {
            case Node.Leaf leaf -> done(leaf, indices);
            case Parallel parallel -> {
                boolean all = true;
                for (Parallel.Branch branch : parallel.branches()) {
                    all &= done(branch.steps(), indices);
                }
                yield all;
            }
            case Choice choice -> done(choice, indices);
            case ForEach loop -> done(loop, indices);
        };
    }

    private boolean done(Choice choice, List<Integer> indices) {
        String path = StepPath.of(choice.id(), indices);
        Optional<Turn> known = draft.saga().turn(path);
        if (known.isEmpty() && endsHere()) {
            return false;
        }
        int arm = known.map(Turn::number).orElseGet(() -> taken(choice, path, indices));
        return arm < 0 || done(choice.arms().get(arm).steps(), indices);
    }

    private int taken(Choice choice, String path, List<Integer> indices) {
        MappingScope scope = draft.scope(indices);
        int arm = 0;
        while (arm < choice.arms().size() && !holds(choice.arms().get(arm).when(), scope)) {
            arm++;
        }
        int number = arm < choice.arms().size() ? arm : -1;
        draft.emit(new SagaEvent.TurnTaken(path, number));
        return number;
    }

    private static boolean holds(Optional<Formula<Boolean>> condition, MappingScope scope) {
        return condition.isEmpty() || condition.get().of(scope);
    }

    private boolean done(ForEach loop, List<Integer> indices) {
        String path = StepPath.of(loop.id(), indices);
        Optional<Turn> known = draft.saga().turn(path);
        if (known.isEmpty() && endsHere()) {
            return false;
        }
        Optional<Integer> items = known.map(Turn::number).or(() -> entered(loop, path, indices));
        if (items.isEmpty()) {
            return false;
        }
        int busy = 0;
        for (int i = 0; i < items.get() && busy < loop.concurrency() && !ended; i++) {
            List<Integer> inner = new ArrayList<>(indices);
            inner.add(i);
            if (!done(loop.steps(), inner)) {
                busy++;
            }
        }
        return busy == 0 && !ended;
    }

    /** How many items the loop has; none if they are too many to begin. */
    private Optional<Integer> entered(ForEach loop, String path, List<Integer> indices) {
        int items = loop.items().of(draft.scope(indices));
        if (items > ForEach.MOST_ITEMS) {
            String reason = items + " items, but at most " + ForEach.MOST_ITEMS + " are done";
            Failure failure = new Failure(Failure.TOO_MANY_ITEMS, reason, path);
            if (draft.irreversible()) {
                hold(failure);
            } else {
                stop(failure);
            }
            return Optional.empty();
        }
        draft.emit(new SagaEvent.TurnTaken(path, items));
        return Optional.of(items);
    }

    private void stop(Failure failure) {
        ended = true;
        Stopping.request(draft, failure, new Reach.Everything());
    }

    /** What cannot be taken back any more is for an operator, and is told once. */
    private void hold(Failure failure) {
        boolean known =
                draft.saga().incidents().stream().anyMatch(it -> it.step().equals(failure.step()));
        if (!known) {
            draft.emit(new SagaEvent.SagaHeld(Forward.refusedTooLate(draft, failure)));
        }
    }

    private boolean done(Node.Leaf leaf, List<Integer> indices) {
        String path = StepPath.of(leaf.name(), indices);
        Optional<StepRecord> record = draft.saga().live(path);
        boolean again = record.filter(it -> it.status() == StepRecord.Status.CANCELLED).isPresent();
        if (record.isPresent() && !again) {
            takeBackLate(record.get());
            return isOver(record.get()) || unsettled(record.get());
        }
        if (endsHere()) {
            return false;
        }
        begin(leaf, path, indices);
        return draft.saga().live(path).filter(this::isOver).isPresent();
    }

    /** What is done after the saga went on without it is taken back at once. */
    private void takeBackLate(StepRecord record) {
        boolean done = record.status() == StepRecord.Status.SUCCEEDED;
        if (done && record.owesCompensation() && draft.cameLate(record)) {
            Backward.decide(draft, record, record.failure().orElseThrow());
        }
    }

    /** Whether the saga goes on after it. */
    private boolean isOver(StepRecord record) {
        return switch (record.status()) {
            case SUCCEEDED, SKIPPED, PASSED, COMPENSATING, COMPENSATED -> true;
            case REFUSED -> draft.isPassedOver(record);
            case OUTSTANDING, IN_DOUBT, CANCELLED -> false;
        };
    }

    /**
     * What became of it while the saga stood still is acted on now; what was refused before the
     * point of no return was passed beside it can only be held.
     */
    private boolean unsettled(StepRecord record) {
        boolean irreversible = draft.irreversible();
        if (record.status() == StepRecord.Status.REFUSED && irreversible) {
            record.failure().ifPresent(this::hold);
        } else if (record.status() == StepRecord.Status.REFUSED) {
            ended |= !Forward.triesAgain(draft, record);
        } else if (record.status() == StepRecord.Status.IN_DOUBT && !irreversible) {
            record.failure().ifPresent(this::stop);
        }
        return false;
    }

    /** Whether the deadline has passed, so that nothing new may begin. */
    private boolean endsHere() {
        SagaInstance saga = draft.saga();
        if (!ended && draft.reached(saga.deadline()) && !draft.irreversible()) {
            stop(Forward.deadlinePassed(saga));
        }
        return ended;
    }

    private void begin(Node.Leaf leaf, String path, List<Integer> indices) {
        int execution = draft.saga().executions(path) + 1;
        switch (leaf) {
            case Step step -> {
                if (step.when().isEmpty() || holds(step.when(), draft.scope(indices))) {
                    draft.decide(step, Execution.action(path, execution));
                } else {
                    draft.emit(new SagaEvent.StepPassed(path, execution));
                }
            }
            case Savepoint ignored -> draft.emit(new SagaEvent.SavepointReached(path, execution));
            case Await await -> Awaiting.begin(draft, await, path, execution);
            case Delay delay -> {
                Instant until = until(delay, indices);
                draft.emit(
                        new SagaEvent.WaitBegun(path, execution, Waiting.Kind.TIME, until, false));
                if (draft.reached(until)) {
                    draft.emit(new SagaEvent.StepSucceeded(path, execution, Optional.empty()));
                }
            }
        }
    }

    private Instant until(Delay delay, List<Integer> indices) {
        return switch (delay.until()) {
            case Delay.Until.After after -> draft.now.plus(after.time());
            case Delay.Until.At at -> at.instant().of(draft.scope(indices));
        };
    }
}
