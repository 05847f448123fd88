package io.clew.language.builder;

import io.clew.saga.FailurePolicy;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A saga of another definition as a step. */
public final class ChildBuilder implements NodeBuilder {

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, Object> onFailure = new LinkedHashMap<>();

    ChildBuilder(String name) {
        tree.put("saga", name);
    }

    /** The condition without which it is passed over. */
    public ChildBuilder when(String expression) {
        tree.put("when", expression);
        return this;
    }

    /** How it stands to the point of no return; compensatable if nothing is said. */
    public ChildBuilder kind(StepKind kind) {
        tree.put("kind", kind.name().toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * What is started.
     *
     * @param definition name of the definition
     * @param event its trigger: a record, and what feeds its fields
     */
    public ChildBuilder start(String definition, CommandBuilder event) {
        Map<String, Object> start = event.tree();
        start.put("event", start.remove("command"));
        start.put("definition", definition);
        tree.put("start", start);
        return this;
    }

    /** Says that it is not taken back. */
    public ChildBuilder noCompensation() {
        tree.put("compensation", "none");
        return this;
    }

    /** Silence after which the child is asked again; an hour if nothing is said. */
    public ChildBuilder timeout(Duration timeout) {
        tree.put("timeout", timeout.toString());
        return this;
    }

    /** Silence after which it is in doubt; the saga's deadline if nothing is said. */
    public ChildBuilder giveUpAfter(Duration silence) {
        tree.put("giveUpAfter", silence.toString());
        return this;
    }

    public ChildBuilder retry(RetryPolicy retry) {
        tree.put("retry", Trees.retry(retry));
        return this;
    }

    /** What a refusal of this code leads to; a child refuses with what it was refused. */
    public ChildBuilder onFailure(String code, FailurePolicy policy) {
        onFailure.put(code, Trees.policy(policy));
        tree.put("onFailure", onFailure);
        return this;
    }

    @Override
    public Map<String, Object> tree() {
        return new LinkedHashMap<>(tree);
    }
}
