package io.clew.coordinator.ingress;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the ingress is doing, for health.
 *
 * @param topics the topics it listens to
 * @param waiting partitions that stand still, and why
 * @param skipped partitions in which events may have been lost, and where
 * @param held why it lets nothing in, if so
 * @param problem what went wrong last, if it has not gone on since
 */
public record IngressStatus(
        List<String> topics,
        Map<String, String> waiting,
        Map<String, String> skipped,
        Optional<String> held,
        Optional<String> problem) {

    public IngressStatus {
        topics = List.copyOf(topics);
        waiting = new TreeMap<>(waiting);
        skipped = new TreeMap<>(skipped);
    }

    /** Whether every event that comes is taken at once. */
    public boolean flowing() {
        return waiting.isEmpty() && held.isEmpty() && problem.isEmpty();
    }
}
