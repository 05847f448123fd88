package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has been read of one partition of a trigger topic, beyond its offset: which definitions have
 * been listening, and which of them are still catching up. Kept as the metadata of the committed
 * offset, so that the next owner of the partition goes on the same way.
 *
 * <p>All definitions of a topic share one position. One that was applied, or first seen here, when
 * the position had passed its start sends the position back; until {@code until} is reached again,
 * only the {@code names} catching up get events.
 *
 * @param seen short content hashes of the definitions that listen
 * @param until where catching up ends; 0 if nobody is
 * @param names names of the definitions that catch up
 */
record PartitionProgress(Set<String> seen, long until, Set<String> names) {

    private static final int SHORT_HASH = 8;
    private static final String VERSION = "1";

    PartitionProgress {
        seen = Set.copyOf(seen);
        names = Set.copyOf(names);
    }

    /** Where to go on, and how. */
    record Next(PartitionProgress progress, Optional<Long> backTo) {}

    static PartitionProgress fresh(Collection<AppliedDefinition> listening) {
        return new PartitionProgress(
                listening.stream().map(PartitionProgress::hash).collect(Collectors.toSet()),
                0,
                Set.of());
    }

    /** Takes in the definitions that have come up since. */
    Next with(Collection<AppliedDefinition> listening, int partition, long position) {
        Set<String> nextSeen = new LinkedHashSet<>(seen);
        Set<String> nextNames = new LinkedHashSet<>(names);
        long lowest = position;
        for (AppliedDefinition definition : listening) {
            if (!nextSeen.add(hash(definition))) {
                continue;
            }
            long start = definition.startOffset(partition);
            if (start < position) {
                nextNames.add(definition.ref().name());
                lowest = Math.min(lowest, start);
            }
        }
        if (nextSeen.equals(seen)) {
            return new Next(this, Optional.empty());
        }
        boolean back = lowest < position;
        return new Next(
                new PartitionProgress(
                        nextSeen, back ? Math.max(until, position) : until, nextNames),
                back ? Optional.of(lowest) : Optional.empty());
    }

    /** Whether a definition of this name gets the event at {@code offset}. */
    boolean gives(String name, long offset) {
        return offset >= until || names.contains(name);
    }

    /** The same once everything below {@code position} has been read. */
    PartitionProgress at(long position) {
        return until > 0 && position >= until ? new PartitionProgress(seen, 0, Set.of()) : this;
    }

    String format() {
        return String.join(
                ";",
                VERSION,
                String.join(",", new TreeSet<>(seen)),
                String.valueOf(until),
                String.join(",", new TreeSet<>(names)));
    }

    /** Reads {@link #format}; anything else is progress without definitions. */
    static PartitionProgress parse(String metadata) {
        String[] parts = metadata.split(";", -1);
        if (parts.length != 4 || !parts[0].equals(VERSION)) {
            return new PartitionProgress(Set.of(), 0, Set.of());
        }
        return new PartitionProgress(set(parts[1]), Long.parseLong(parts[2]), set(parts[3]));
    }

    private static Set<String> set(String list) {
        return list.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(list.split(",")));
    }

    private static String hash(AppliedDefinition definition) {
        String sha256 = definition.ref().sha256();
        return sha256.substring(0, Math.min(SHORT_HASH, sha256.length()));
    }
}
