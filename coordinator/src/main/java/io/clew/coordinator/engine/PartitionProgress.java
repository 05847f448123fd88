package io.clew.coordinator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** How far each partition that is active here has been processed, and that its thread lives. */
public final class PartitionProgress {
    private final Map<Integer, At> partitions = new ConcurrentHashMap<>();
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

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

    /**
     * The inputs that are kept with their sagas at present.
     *
     * @param reasons how many by what they wait for
     * @param oldest when the one that waits longest was appended to the inbox
     */
    public record Kept(Map<String, Long> reasons, Optional<Instant> oldest) {
        public static final Kept NOTHING = new Kept(Map.of(), Optional.empty());

        public Kept {
            reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
        }

        public long inputs() {
            return reasons.values().stream().mapToLong(Long::longValue).sum();
        }

        private Kept and(Kept other) {
            Map<String, Long> all = new TreeMap<>(reasons);
            other.reasons.forEach((reason, inputs) -> all.merge(reason, inputs, Long::sum));
            return new Kept(
                    all,
                    Stream.of(oldest, other.oldest)
                            .flatMap(Optional::stream)
                            .min(Comparator.naturalOrder()));
        }
    }

    /** What is kept with sagas in all partitions that are active here, as last counted. */
    public Kept kept() {
        return kept.values().stream().reduce(Kept.NOTHING, Kept::and);
    }

    /** Where this partition is; empty if it is not active here. */
    public Optional<At> at(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /** Last offset of this partition that was processed here; -1 if none. */
    long offset(int partition) {
        return at(partition).map(At::offset).orElse(-1L);
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

    void kept(int partition, Kept counted) {
        kept.put(partition, counted);
    }

    void closed(int partition) {
        partitions.remove(partition);
        kept.remove(partition);
    }
}
