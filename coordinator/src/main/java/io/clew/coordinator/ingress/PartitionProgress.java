package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * What has been read of one partition of a trigger topic, beyond its offset: which definitions have
 * been listening, and which of them are still catching up. Kept as the metadata of the committed
 * offset, so that the next owner of the partition goes on the same way; a broker takes 4 KB.
 *
 * <p>All definitions of a topic share one position. One that was applied, or first seen here, when
 * the position had passed its start sends the position back; until {@code until} is reached again,
 * only the {@code names} catching up get events.
 *
 * @param seen the definitions that listen
 * @param until where catching up ends; 0 if nobody is
 * @param names names of the definitions that catch up; {@link #EVERY} if they are too many
 */
record PartitionProgress(SeenDefinitions seen, long until, Set<String> names) {

    /** Every definition gets the events once more, which starts no saga a second time. */
    static final String EVERY = "*";

    private static final int MAX_NAMES_LENGTH = 1500;
    private static final String VERSION = "2";
    private static final String VERSION_OF_HASHES = "1";

    PartitionProgress {
        names = Set.copyOf(names);
    }

    /** Where to go on, and how. */
    record Next(PartitionProgress progress, Optional<Long> backTo) {}

    static PartitionProgress fresh(Collection<AppliedDefinition> listening) {
        return new PartitionProgress(SeenDefinitions.NONE.with(listening), 0, Set.of());
    }

    /** Takes in the definitions that have come up since. */
    Next with(Collection<AppliedDefinition> listening, TopicPartition partition, long position) {
        SeenDefinitions nextSeen = seen.with(listening);
        if (nextSeen.equals(seen)) {
            return new Next(this, Optional.empty());
        }
        Set<String> nextNames = new LinkedHashSet<>(names);
        long lowest = position;
        for (AppliedDefinition definition : listening) {
            long start = definition.startOffset(partition);
            if (!seen.has(definition) && start < position) {
                nextNames.add(definition.ref().name());
                lowest = Math.min(lowest, start);
            }
        }
        boolean back = lowest < position;
        return new Next(
                new PartitionProgress(
                        nextSeen, back ? Math.max(until, position) : until, few(nextNames)),
                back ? Optional.of(lowest) : Optional.empty());
    }

    private static Set<String> few(Set<String> names) {
        return String.join(",", names).length() > MAX_NAMES_LENGTH ? Set.of(EVERY) : names;
    }

    /** Whether a definition of this name gets the event at {@code offset}. */
    boolean gives(String name, long offset) {
        return offset >= until || names.contains(name) || names.contains(EVERY);
    }

    /** The same once everything below {@code position} has been read. */
    PartitionProgress at(long position) {
        return until > 0 && position >= until ? new PartitionProgress(seen, 0, Set.of()) : this;
    }

    /** As an earlier release left it, it stays until the definitions have been taken in. */
    String format() {
        boolean hashes = !seen.hashes().isEmpty();
        return String.join(
                ";",
                hashes ? VERSION_OF_HASHES : VERSION,
                hashes ? String.join(",", new TreeSet<>(seen.hashes())) : seen.format(),
                String.valueOf(until),
                String.join(",", new TreeSet<>(names)));
    }

    /** Reads {@link #format}; anything else is progress without definitions. */
    static PartitionProgress parse(String metadata) {
        String[] parts = metadata.split(";", -1);
        if (parts.length != 4) {
            return new PartitionProgress(SeenDefinitions.NONE, 0, Set.of());
        }
        SeenDefinitions seen =
                switch (parts[0]) {
                    case VERSION -> SeenDefinitions.parse(parts[1]);
                    case VERSION_OF_HASHES -> SeenDefinitions.ofHashes(set(parts[1]));
                    default -> SeenDefinitions.NONE;
                };
        return new PartitionProgress(seen, Long.parseLong(parts[2]), set(parts[3]));
    }

    private static Set<String> set(String list) {
        return list.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(list.split(",")));
    }
}
