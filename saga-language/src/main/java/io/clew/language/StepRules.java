package io.clew.language;

import io.clew.language.SagaForm.StepForm;
import io.clew.saga.StepKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rules about steps that need no schema: names, kinds, the point of no return. */
final class StepRules {

    private final Faults faults;

    StepRules(Faults faults) {
        this.faults = faults;
    }

    void check(List<StepForm> steps) {
        checkNames(steps);
        List<StepForm> clear = steps.stream().filter(step -> !step.unclear()).toList();
        checkKinds(clear);
        clear.forEach(this::check);
    }

    private void checkNames(List<StepForm> steps) {
        Map<String, Located<String>> names = new HashMap<>();
        for (StepForm step : steps) {
            Located<String> name = step.name();
            Located<String> first =
                    name.value().isEmpty() ? null : names.putIfAbsent(name.value(), name);
            if (first != null) {
                error(
                        step,
                        "Expected step names that differ but '"
                                + name.value()
                                + "' is already at line "
                                + first.place().line(),
                        "Give one of the two another name");
            }
        }
    }

    /** Compensatable steps first, then at most one pivot, then retriable ones. */
    private void checkKinds(List<StepForm> steps) {
        StepKind reached = StepKind.COMPENSATABLE;
        for (StepForm step : steps) {
            if (step.kind() == StepKind.PIVOT && reached == StepKind.PIVOT) {
                error(
                        step,
                        "Expected at most one pivot but " + step.name().value() + " is the second",
                        "Make it 'kind: retriable', or the first one compensatable");
            } else if (step.kind().compareTo(reached) < 0) {
                error(
                        step,
                        "Expected compensatable steps, then a pivot, then retriable ones but "
                                + (step.name().value() + " (" + word(step.kind()) + ") comes")
                                + (" after a " + word(reached) + " step"),
                        "Move it before the point of no return, or make it 'kind: retriable'");
            } else {
                reached = step.kind();
            }
        }
    }

    private void check(StepForm step) {
        if (step.kind() == StepKind.COMPENSATABLE) {
            checkCompensatable(step);
        } else {
            checkIrreversible(step);
        }
    }

    private void checkCompensatable(StepForm step) {
        if (step.compensation().isEmpty() && !step.settles()) {
            error(
                    step,
                    "Expected a compensation of "
                            + step.name().value()
                            + ", since it comes before the point of no return, but it has none",
                    "Add 'compensation: { command: … }', or say 'compensation: none'");
        }
        if (step.settles()) {
            checkNotGivenUp(step, "has no compensation");
        }
    }

    private void checkIrreversible(StepForm step) {
        String kind = word(step.kind());
        if (step.compensation().isPresent()) {
            error(
                    step,
                    "Expected no compensation of "
                            + step.name().value()
                            + " but it is a "
                            + kind
                            + " step",
                    "Leave the compensation out, or make the step compensatable");
        }
        checkNotGivenUp(step, "is a " + kind + " step");
        if (step.kind() == StepKind.RETRIABLE && !step.onFailure().isEmpty()) {
            error(
                    step,
                    "Expected no onFailure of " + step.name().value() + " but it is retriable",
                    "Leave it out: past the point of no return a refusal raises an incident");
        }
        if (step.kind() == StepKind.PIVOT && step.mayBePassedOver()) {
            error(
                    step,
                    "Expected a pivot that must succeed but "
                            + step.name().value()
                            + " may be passed over",
                    "Use compensate or { retry: <times> } instead of continue");
        }
    }

    private void checkNotGivenUp(StepForm step, String why) {
        if (step.giveUpAfter().isPresent()) {
            error(
                    step,
                    "Expected no giveUpAfter of "
                            + step.name().value()
                            + " but it "
                            + why
                            + ", so it is sent until its outcome is known",
                    "Leave giveUpAfter out");
        }
    }

    private void error(StepForm step, String message, String remedy) {
        faults.error(step.name().place(), step.name().path(), message, remedy);
    }

    private static String word(StepKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
