package io.clew.saga;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Waits for something that nobody was asked for: an event a service publishes on its own, or a
 * signal. What has arrived is its output.
 *
 * @param name unique in the definition
 * @param channel where it comes from
 * @param type full name of its record
 * @param match whether what has arrived is meant; none takes any
 * @param timeout after which it fails with {@code TIMED_OUT}; none is as long as the saga's
 *     deadline
 * @param compensation takes back what the event told of
 * @param onFailure what {@code TIMED_OUT} leads to; compensate if nothing is said
 */
public record Await(
        String name,
        Channel channel,
        String type,
        Optional<Formula<Boolean>> match,
        Optional<Duration> timeout,
        Optional<CommandSpec> compensation,
        Map<String, FailurePolicy> onFailure)
        implements Node.Leaf {
    public Await {
        onFailure = Map.copyOf(onFailure);
    }

    /** What it leads to that nothing has come. */
    FailurePolicy onTimeout() {
        FailurePolicy policy = onFailure.get(Failure.TIMED_OUT);
        return policy == null ? new FailurePolicy.Compensate() : policy;
    }
}
