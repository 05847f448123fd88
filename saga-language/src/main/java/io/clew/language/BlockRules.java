package io.clew.language;

import io.clew.language.NodeForm.ArmForm;
import io.clew.language.NodeForm.ChoiceForm;
import io.clew.language.NodeForm.ForEachForm;
import io.clew.language.NodeForm.ParallelForm;
import java.util.List;

/** Rules about blocks by themselves. */
final class BlockRules {

    private final Faults faults;

    BlockRules(Faults faults) {
        this.faults = faults;
    }

    void check(List<NodeForm> nodes) {
        NodeForm.allOf(nodes).forEach(this::check);
    }

    private void check(NodeForm node) {
        switch (node) {
            case ChoiceForm choice -> choice(choice);
            case ParallelForm parallel -> parallel(parallel);
            case ForEachForm ignored -> {}
            case NodeForm.StepForm ignored -> {}
            case NodeForm.AwaitForm ignored -> {}
            case NodeForm.DelayForm ignored -> {}
            case NodeForm.SavepointForm ignored -> {}
        }
    }

    private void choice(ChoiceForm choice) {
        List<ArmForm> arms = choice.arms();
        for (int i = 0; i < arms.size() - 1; i++) {
            if (arms.get(i).isElse()) {
                ArmForm after = arms.get(i + 1);
                error(
                        after.name(),
                        "Expected 'else' as the last arm but "
                                + after.name().value()
                                + " comes after it, so it is never taken",
                        "Move 'else' to the end");
            }
        }
        if (arms.size() == 1 && arms.get(0).isElse()) {
            error(
                    arms.get(0).name(),
                    "Expected an arm with a condition before 'else' but there is none",
                    "Add one, or write the steps without a choice");
        }
    }

    private void parallel(ParallelForm parallel) {
        if (parallel.branches().size() == 1) {
            faults.warning(
                    parallel.name().place(),
                    parallel.name().path(),
                    "Expected several branches but there is only one",
                    "Write its steps without the parallel block");
        }
    }

    private void error(Located<String> at, String message, String remedy) {
        faults.error(at.place(), at.path(), message, remedy);
    }
}
