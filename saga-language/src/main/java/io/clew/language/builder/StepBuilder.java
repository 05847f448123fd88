package io.clew.language.builder;

import io.clew.saga.FailurePolicy;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One step. */
public final class StepBuilder implements NodeBuilder {

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, Object> onFailure = new LinkedHashMap<>();

    StepBuilder(String name) {
        tree.put("step", name);
    }

    /** The condition without which it is passed over. */
    public StepBuilder when(String expression) {
        tree.put("when", expression);
        return this;
    }

    public StepBuilder participant(String participant) {
        tree.put("participant", participant);
        return this;
    }

    /** How it stands to the point of no return; compensatable if nothing is said. */
    public StepBuilder kind(StepKind kind) {
        tree.put("kind", kind.name().toLowerCase(Locale.ROOT));
        return this;
    }

    /** The forward command; its timeout and retry are the step's. */
    public StepBuilder action(CommandBuilder action) {
        tree.put("action", action.tree());
        return this;
    }

    public StepBuilder compensation(CommandBuilder compensation) {
        tree.put("compensation", compensation.tree());
        return this;
    }

    /** Says that there is nothing to take back. */
    public StepBuilder noCompensation() {
        tree.put("compensation", "none");
        return this;
    }

    /** Silence after which the action is sent again; 30 seconds if nothing is said. */
    public StepBuilder timeout(Duration timeout) {
        tree.put("timeout", timeout.toString());
        return this;
    }

    /** Silence after which it is in doubt; the saga's deadline if nothing is said. */
    public StepBuilder giveUpAfter(Duration silence) {
        tree.put("giveUpAfter", silence.toString());
        return this;
    }

    public StepBuilder retry(RetryPolicy retry) {
        tree.put("retry", Trees.retry(retry));
        return this;
    }

    /** What a refusal of this code leads to. */
    public StepBuilder onFailure(String code, FailurePolicy policy) {
        onFailure.put(code, Trees.policy(policy));
        tree.put("onFailure", onFailure);
        return this;
    }

    @Override
    public Map<String, Object> tree() {
        return new LinkedHashMap<>(tree);
    }
}
