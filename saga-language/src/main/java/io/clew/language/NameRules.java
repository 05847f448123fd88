package io.clew.language;

import io.clew.language.NodeForm.ArmForm;
import io.clew.language.NodeForm.BranchForm;
import io.clew.language.NodeForm.ChoiceForm;
import io.clew.language.NodeForm.ForEachForm;
import io.clew.language.NodeForm.ParallelForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All names of a definition differ, and a loop hides no item of a loop around it. */
final class NameRules {

    private final Faults faults;
    private final Map<String, Located<String>> names = new HashMap<>();

    NameRules(Faults faults) {
        this.faults = faults;
    }

    void check(List<NodeForm> nodes) {
        check(nodes, Set.of());
    }

    private void check(List<NodeForm> nodes, Set<String> items) {
        for (NodeForm node : nodes) {
            switch (node) {
                case NodeForm.StepForm step -> add(step.name());
                case NodeForm.AwaitForm await -> add(await.name());
                case NodeForm.DelayForm delay -> add(delay.name());
                case NodeForm.SavepointForm savepoint -> add(savepoint.name());
                case ChoiceForm choice -> choice(choice, items);
                case ParallelForm parallel -> parallel(parallel, items);
                case ForEachForm loop -> forEach(loop, items);
            }
        }
    }

    private void choice(ChoiceForm choice, Set<String> items) {
        for (ArmForm arm : choice.arms()) {
            if (!arm.isElse()) {
                add(arm.name());
            }
            check(arm.steps(), items);
        }
    }

    private void parallel(ParallelForm parallel, Set<String> items) {
        for (BranchForm branch : parallel.branches()) {
            add(branch.name());
            check(branch.steps(), items);
        }
    }

    private void forEach(ForEachForm loop, Set<String> items) {
        Located<String> as = loop.as();
        if (items.contains(as.value())) {
            faults.error(
                    as.place(),
                    as.path(),
                    "Expected another name for the item of this loop but '"
                            + as.value()
                            + "' is the item of a loop around it",
                    "Give one of the two loops another 'as'");
        }
        Set<String> inner = new TreeSet<>(items);
        inner.add(as.value());
        check(loop.steps(), inner);
    }

    private void add(Located<String> name) {
        Located<String> first =
                name.value().isEmpty() ? null : names.putIfAbsent(name.value(), name);
        if (first != null) {
            faults.error(
                    name.place(),
                    name.path(),
                    "Expected names that differ but '"
                            + name.value()
                            + "' is already at line "
                            + first.place().line(),
                    "Give one of the two another name");
        }
    }
}
