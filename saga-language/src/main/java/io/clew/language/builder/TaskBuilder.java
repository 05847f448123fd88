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
public sealed interface TaskBuilder<B extends TaskBuilder<B>> extends NodeBuilder
        permits StepBuilder, ChildBuilder {

    /** Says it as YAML would, in the place of what was said there before. */
    B put(String key, Object value);

    /** The condition without which it is passed over. */
    default B when(String expression) {
        return put("when", expression);
    }

    /** How it stands to the point of no return; compensatable if nothing is said. */
    default B kind(StepKind kind) {
        return put("kind", kind.name().toLowerCase(Locale.ROOT));
    }

    /** Says that it is not taken back. */
    default B noCompensation() {
        return put("compensation", "none");
    }

    /** Silence after which it is asked again; 30 seconds, a child's an hour, if nothing is said. */
    default B timeout(Duration timeout) {
        return put("timeout", timeout.toString());
    }

    /** Silence after which it is in doubt; the saga's deadline if nothing is said. */
    default B giveUpAfter(Duration silence) {
        return put("giveUpAfter", silence.toString());
    }

    default B retry(RetryPolicy retry) {
        return put("retry", Trees.retry(retry));
    }

    /** What a refusal of this code leads to; a child refuses with what it was refused. */
    default B onFailure(String code, FailurePolicy policy) {
        Map<String, Object> policies = new LinkedHashMap<>();
        if (tree().get("onFailure") instanceof Map<?, ?> before) {
            before.forEach((known, as) -> policies.put((String) known, as));
        }
        policies.put(code, Trees.policy(policy));
        return put("onFailure", policies);
    }
}
