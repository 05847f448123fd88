package io.clew.language;

import io.clew.language.source.Node;
import io.clew.language.source.Place;
import io.clew.saga.RetryPolicy;
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
        List<NodeForm> steps,
        Optional<ResultForm> result) {

    /** What starts it. */
    record TriggerForm(
            Optional<Located<String>> topic,
            Optional<Located<String>> event,
            Optional<Located<String>> key) {}

    /** What its sagas come to. */
    record ResultForm(Optional<Located<String>> type, Map<String, Node> with, Place withPlace) {}

    /** One command. */
    record CommandForm(
            Located<String> command,
            Optional<Located<String>> result,
            Map<String, Node> with,
            Duration timeout,
            RetryPolicy retry,
            Place withPlace) {}
}
