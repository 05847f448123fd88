package io.clew.language.builder;

import io.clew.saga.FailurePolicy;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a step and a child have in common.
 *
 * @param <B> the builder itself
 */
public abstract sealed class TaskBuilder<B extends TaskBuilder<B>> implements NodeBuilder
        permits StepBuilder, ChildBuilder {

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, Object> onFailure = new LinkedHashMap<>();

    TaskBuilder(String key, String name) {
        tree.put(key, name);
    }

    abstract B self();

    final B put(String key, Object value) {
        tree.put(key, value);
        return self();
    }

    /** The condition without which it is passed over. */
    public final B when(String expression) {
        return put("when", expression);
    }

    /** How it stands to the point of no return; compensatable if nothing is said. */
    public final B kind(StepKind kind) {
        return put("kind", kind.name().toLowerCase(Locale.ROOT));
    }

    /** Says that it is not taken back. */
    public final B noCompensation() {
        return put("compensation", "none");
    }

    /** Silence after which it is asked again; 30 seconds, a child's an hour, if nothing is said. */
    public final B timeout(Duration timeout) {
        return put("timeout", timeout.toString());
    }

    /** Silence after which it is in doubt; the saga's deadline if nothing is said. */
    public final B giveUpAfter(Duration silence) {
        return put("giveUpAfter", silence.toString());
    }

    public final B retry(RetryPolicy retry) {
        return put("retry", Trees.retry(retry));
    }

    /** What a refusal of this code leads to; a child refuses with what it was refused. */
    public final B onFailure(String code, FailurePolicy policy) {
        onFailure.put(code, Trees.policy(policy));
        return put("onFailure", onFailure);
    }

    @Override
    public final Map<String, Object> tree() {
        return new LinkedHashMap<>(tree);
    }
}
