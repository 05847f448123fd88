package io.clew.language;

import io.clew.language.source.Node;
import io.clew.language.source.Place;
import io.clew.saga.FailurePolicy;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A definition as it is written, by the grammar, with its defaults; schemas and expressions are not
 * looked at yet. Something optional is missing either by right or with a fault already noted.
 */
record SagaForm(
        Optional<Located<String>> name,
        Optional<Integer> version,
        Optional<TriggerForm> trigger,
        Duration deadline,
        Duration retention,
        Duration uniqueFor,
        Map<String, Located<String>> index,
        List<StepForm> steps) {

    /** What starts it. */
    record TriggerForm(
            Optional<Located<String>> topic,
            Optional<Located<String>> event,
            Optional<Located<String>> key) {}

    /**
     * One step.
     *
     * @param settles whether {@code compensation: none} is said
     * @param unclear whether its kind or its compensation cannot be read, which is noted
     */
    record StepForm(
            Located<String> name,
            Optional<Located<String>> participant,
            StepKind kind,
            Optional<CommandForm> action,
            Optional<CommandForm> compensation,
            boolean settles,
            boolean unclear,
            Optional<Duration> giveUpAfter,
            Map<String, FailurePolicy> onFailure,
            String path) {

        /** Whether the saga may go on after it was refused. */
        boolean mayBePassedOver() {
            return onFailure.containsValue(new FailurePolicy.Continue());
        }
    }

    /** One command of a step. */
    record CommandForm(
            Located<String> command,
            Optional<Located<String>> result,
            Map<String, Node> with,
            Duration timeout,
            RetryPolicy retry,
            Place withPlace) {}
}
