package io.clew.language;

import io.clew.language.NodeForm.BranchForm;
import io.clew.language.NodeForm.ChoiceForm;
import io.clew.language.NodeForm.ForEachForm;
import io.clew.language.NodeForm.ParallelForm;
import io.clew.language.NodeForm.StepForm;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Compensatable steps first, then at most one pivot, then retriable ones: on every path through the
 * definition, and whatever else runs beside it.
 */
final class OrderRules {

    private final Faults faults;
    private final StepRules steps;
    private final WaitRules waits;

    OrderRules(Faults faults, Duration deadline) {
        this.faults = faults;
        this.steps = new StepRules(faults);
        this.waits = new WaitRules(faults, deadline);
    }

    void check(List<NodeForm> nodes) {
        sequence(nodes, Passed.NOTHING);
    }

    private Passed sequence(List<NodeForm> nodes, Passed before) {
        Passed passed = before;
        for (NodeForm node : nodes) {
            passed = node(node, passed);
        }
        return passed;
    }

    private Passed node(NodeForm node, Passed passed) {
        return switch (node) {
            case StepForm step -> step(step, passed);
            case NodeForm.AwaitForm await -> {
                waits.check(await, passed);
                yield passed;
            }
            case NodeForm.DelayForm delay -> {
                waits.check(delay, passed);
                yield passed;
            }
            case NodeForm.SavepointForm savepoint -> {
                waits.check(savepoint, passed);
                yield passed;
            }
            case ChoiceForm choice -> choice(choice, passed);
            case ParallelForm parallel -> parallel(parallel, passed);
            case ForEachForm loop -> forEach(loop, passed);
        };
    }

    private Passed step(StepForm step, Passed passed) {
        if (step.unclear()) {
            return passed;
        }
        steps.check(step);
        String name = step.name().value();
        if (step.kind() == StepKind.PIVOT && step.spot().isIn(Spot.Block.LOOP)) {
            error(
                    step,
                    "Expected no pivot in a loop but " + name + " is one",
                    "Move it out of the loop, or make it compensatable or retriable");
            return passed;
        }
        if (step.kind() == StepKind.PIVOT && passed.kind() == StepKind.PIVOT) {
            error(
                    step,
                    "Expected at most one pivot but " + name + " is the second",
                    "Make it 'kind: retriable', or the first one compensatable");
            return passed;
        }
        if (step.kind().compareTo(passed.kind()) < 0) {
            error(
                    step,
                    "Expected compensatable steps, then a pivot, then retriable ones but "
                            + (name + " (" + Passed.word(step.kind()) + ") " + passed.how()),
                    "Move it before the point of no return, or make it 'kind: retriable'");
            return passed;
        }
        return step.kind() == passed.kind() ? passed : Passed.after(step.kind());
    }

    private Passed choice(ChoiceForm choice, Passed before) {
        Passed after = before;
        for (NodeForm.ArmForm arm : choice.arms()) {
            after = after.orFurther(sequence(arm.steps(), before));
        }
        return after;
    }

    private Passed parallel(ParallelForm parallel, Passed before) {
        Passed after = before;
        for (int i = 0; i < parallel.branches().size(); i++) {
            Passed start = before.pointOfNoReturn() ? before : beside(i, parallel.branches());
            Passed end = sequence(parallel.branches().get(i).steps(), start);
            after = after.orFurther(Passed.after(end.kind()));
        }
        return after;
    }

    /** What the other branches bring about while this one runs. */
    private static Passed beside(int branch, List<BranchForm> branches) {
        boolean pivotHere = first(branches.get(branch), StepKind.PIVOT).isPresent();
        Passed beside = Passed.NOTHING;
        for (int i = 0; i < branches.size(); i++) {
            if (i == branch) {
                continue;
            }
            boolean earlier = i < branch;
            BranchForm other = branches.get(i);
            Optional<StepForm> pivot = first(other, StepKind.PIVOT);
            Optional<StepForm> retriable = first(other, StepKind.RETRIABLE);
            if (pivot.isPresent() && (earlier || !pivotHere)) {
                return beside(pivot.get());
            }
            if (retriable.isPresent() && !pivotHere) {
                beside = beside(retriable.get());
            }
        }
        return beside;
    }

    private static Passed beside(StepForm step) {
        return new Passed(
                step.kind(),
                "stands beside the "
                        + Passed.word(step.kind())
                        + " step "
                        + step.name().value()
                        + " in another branch");
    }

    private static Optional<StepForm> first(BranchForm branch, StepKind kind) {
        return NodeForm.allOf(branch.steps())
                .filter(StepForm.class::isInstance)
                .map(StepForm.class::cast)
                .filter(step -> step.kind() == kind && !step.unclear())
                .findFirst();
    }

    /** Twice, since what one item has passed is passed before the steps of the next one. */
    private Passed forEach(ForEachForm loop, Passed before) {
        Passed once = sequence(loop.steps(), before);
        if (once.kind() == before.kind()) {
            return before;
        }
        sequence(
                loop.steps(),
                new Passed(once.kind(), "comes after a retriable step of the item before it"));
        return once;
    }

    private void error(StepForm step, String message, String remedy) {
        faults.error(step.name().place(), step.name().path(), message, remedy);
    }
}
