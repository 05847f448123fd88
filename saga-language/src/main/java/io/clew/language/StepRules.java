package io.clew.language;

import io.clew.language.NodeForm.StepForm;
import io.clew.saga.StepKind;

/** What a step of its kind must have, and must not have. */
final class StepRules {

    private final Faults faults;

    StepRules(Faults faults) {
        this.faults = faults;
    }

    void check(StepForm step) {
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
        String kind = Passed.word(step.kind());
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
}
