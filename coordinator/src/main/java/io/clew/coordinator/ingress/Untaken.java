package io.clew.coordinator.ingress;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that started nothing since no version of their definition is active: somebody has said so,
 * and they stay on their topic. They are counted, and the first of each definition is told of.
 */
final class Untaken {
    private static final Logger LOGGER = LoggerFactory.getLogger(Untaken.class);

    private final LongAdder count = new LongAdder();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    void note(String name, ConsumerRecord<byte[], byte[]> event) {
        count.increment();
        if (told.add(name)) {
            LOGGER.warn(
                    "Expected an active version of {} but there is none: what would start its sagas"
                            + " is passed over, from offset {} of {}-{} on",
                    name,
                    event.offset(),
                    event.topic(),
                    event.partition());
        }
    }

    /** Somebody takes them again: the next one that nobody takes is told of. */
    void taken(String name) {
        if (!told.isEmpty()) {
            told.remove(name);
        }
    }

    long count() {
        return count.sum();
    }
}
