package io.clew.language;

import io.clew.language.NodeForm.SavepointForm;
import io.clew.language.NodeForm.StepForm;
import io.clew.language.expression.Similar;
import io.clew.saga.FailurePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A saga is taken back only to savepoints that it has always passed. */
final class RollbackRules {

    private final Faults faults;
    private final Map<String, SavepointForm> savepoints = new HashMap<>();

    RollbackRules(Faults faults) {
        this.faults = faults;
    }

    void check(List<NodeForm> nodes) {
        NodeForm.allOf(nodes)
                .filter(SavepointForm.class::isInstance)
                .map(SavepointForm.class::cast)
                .forEach(it -> savepoints.putIfAbsent(it.name().value(), it));
        NodeForm.allOf(nodes).forEach(this::check);
    }

    private void check(NodeForm node) {
        switch (node) {
            case StepForm step -> step.onFailure().values().forEach(it -> check(it, node));
            case NodeForm.AwaitForm await ->
                    await.onFailure().values().forEach(it -> check(it, node));
            case NodeForm.DelayForm ignored -> {}
            case SavepointForm ignored -> {}
            case NodeForm.ChoiceForm ignored -> {}
            case NodeForm.ParallelForm ignored -> {}
            case NodeForm.ForEachForm ignored -> {}
        }
    }

    private void check(Located<FailurePolicy> policy, NodeForm node) {
        if (!(policy.value() instanceof FailurePolicy.RollbackTo back)) {
            return;
        }
        SavepointForm savepoint = savepoints.get(back.savepoint());
        List<String> passed = passedBefore(node);
        if (savepoint == null) {
            error(
                    policy,
                    "Expected a savepoint but there is none named '" + back.savepoint() + "'",
                    passed.isEmpty()
                            ? "Write '- savepoint: <name>' before " + node.name().value()
                            : Similar.remedy(back.savepoint(), passed));
        } else if (!passed.contains(back.savepoint())) {
            error(
                    policy,
                    "Expected a savepoint that is always passed before "
                            + node.name().value()
                            + " but "
                            + (back.savepoint() + " " + where(node.spot().of(savepoint.spot()))),
                    passed.isEmpty()
                            ? "Move the savepoint before " + node.name().value()
                            : "Always passed before it: " + String.join(", ", passed));
        }
    }

    private List<String> passedBefore(NodeForm node) {
        List<String> passed = new ArrayList<>();
        savepoints.forEach(
                (name, savepoint) -> {
                    if (node.spot().of(savepoint.spot()) == Spot.Standing.BEFORE) {
                        passed.add(name);
                    }
                });
        passed.sort(null);
        return passed;
    }

    private static String where(Spot.Standing standing) {
        return switch (standing) {
            case SAME, LATER -> "comes later";
            case BEFORE -> "comes before it";
            case PERHAPS_BEFORE -> "is in an arm of a choice before it";
            case IN_A_LOOP_BEFORE -> "is in a loop before it";
            case IN_ANOTHER_BRANCH -> "is in another branch";
            case IN_ANOTHER_ARM -> "is in another arm";
        };
    }

    private void error(Located<?> at, String message, String remedy) {
        faults.error(at.place(), at.path(), message, remedy);
    }
}
