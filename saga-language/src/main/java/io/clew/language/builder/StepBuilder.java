package io.clew.language.builder;

/** One step. */
public final class StepBuilder extends TaskBuilder<StepBuilder> {

    StepBuilder(String name) {
        super("step", name);
    }

    @Override
    StepBuilder self() {
        return this;
    }

    public StepBuilder participant(String participant) {
        return put("participant", participant);
    }

    /** The forward command; its timeout and retry are the step's. */
    public StepBuilder action(CommandBuilder action) {
        return put("action", action.tree());
    }

    public StepBuilder compensation(CommandBuilder compensation) {
        return put("compensation", compensation.tree());
    }
}
