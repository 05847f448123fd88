package io.clew.coordinator.ingress;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/**
 * Events that were to be read next but had gone from their topic. Sagas may never have started that
 * should have, so it is told until the coordinator is restarted.
 */
final class Skips {
    private final Map<String, String> last = new ConcurrentHashMap<>();
    private final LongAdder count = new LongAdder();

    void note(TopicPartition partition, long expected) {
        count.increment();
        last.put(
                partition.toString(),
                "offset "
                        + expected
                        + " was to be read next but is not there: events may be lost; went on with"
                        + " the oldest");
    }

    /** By partition, what happened there last. */
    Map<String, String> last() {
        return new TreeMap<>(last);
    }

    long count() {
        return count.sum();
    }
}
