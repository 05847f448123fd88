package io.clew.coordinator.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How far each partition that is active here has been processed, and that its thread lives. */
public final class PartitionProgress {
    private final Map<Integer, At> partitions = new ConcurrentHashMap<>();

    /**
     * Where one partition is.
     *
     * @param offset last offset processed here, -1 if none yet
     * @param tickedAt local time of its punctuator's last tick, epoch milliseconds
     * @param refusal why it does not process, if so
     */
    public record At(long offset, long tickedAt, Optional<String> refusal) {
        /** Whether its thread has been alive within {@code limit}. */
        public boolean alive(Duration limit, long nowMillis) {
            return nowMillis - tickedAt <= limit.toMillis();
        }
    }

    /** Where this partition is; empty if it is not active here. */
    public Optional<At> at(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /** All partitions that are active here. */
    public Map<Integer, At> all() {
        return new TreeMap<>(partitions);
    }

    void opened(int partition, long now, Optional<String> refusal) {
        partitions.put(partition, new At(-1, now, refusal));
    }

    void processed(int partition, long offset) {
        partitions.computeIfPresent(
                partition, (key, at) -> new At(offset, at.tickedAt(), at.refusal()));
    }

    void ticked(int partition, long now) {
        partitions.computeIfPresent(partition, (key, at) -> new At(at.offset(), now, at.refusal()));
    }

    void closed(int partition) {
        partitions.remove(partition);
    }
}
