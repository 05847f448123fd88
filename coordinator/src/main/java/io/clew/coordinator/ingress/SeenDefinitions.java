package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Definitions that have been taken in, by where they stand on the definitions topic: one bit for
 * each, since its offsets are few and for good.
 *
 * @param below everything before this offset counts as taken in
 * @param offsets what has been taken in from there on
 * @param hashes short content hashes, as an earlier release noted them
 */
record SeenDefinitions(long below, NavigableSet<Long> offsets, Set<String> hashes) {

    static final SeenDefinitions NONE = new SeenDefinitions(0, new TreeSet<>(), Set.of());

    /** How many bits are kept; what is that much older than the newest has long been seen. */
    private static final int MAX_SPAN = 12_000;

    private static final int SHORT_HASH = 8;

    SeenDefinitions {
        offsets = Collections.unmodifiableNavigableSet(new TreeSet<>(offsets));
        hashes = Set.copyOf(hashes);
    }

    boolean has(AppliedDefinition definition) {
        return definition.offset() < below
                || offsets.contains(definition.offset())
                || hashes.contains(hash(definition));
    }

    /** The same and these, none of them by its hash. */
    SeenDefinitions with(Collection<AppliedDefinition> listening) {
        if (listening.isEmpty()) {
            return this;
        }
        NavigableSet<Long> all = new TreeSet<>(offsets);
        listening.stream()
                .map(AppliedDefinition::offset)
                .filter(it -> it >= below)
                .forEach(all::add);
        long floor = all.isEmpty() ? below : Math.max(below, all.last() - MAX_SPAN + 1);
        return new SeenDefinitions(floor, all.tailSet(floor, true), Set.of());
    }

    String format() {
        BitSet bits = new BitSet();
        offsets.forEach(it -> bits.set((int) (it - below)));
        return below
                + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bits.toByteArray());
    }

    /** Reads {@link #format}. */
    static SeenDefinitions parse(String text) {
        int colon = text.indexOf(':');
        long below = Long.parseLong(text.substring(0, colon));
        BitSet bits = BitSet.valueOf(Base64.getUrlDecoder().decode(text.substring(colon + 1)));
        NavigableSet<Long> offsets = new TreeSet<>();
        bits.stream().forEach(it -> offsets.add(below + it));
        return new SeenDefinitions(below, offsets, Set.of());
    }

    static SeenDefinitions ofHashes(Set<String> hashes) {
        return new SeenDefinitions(0, new TreeSet<>(), hashes);
    }

    private static String hash(AppliedDefinition definition) {
        String sha256 = definition.ref().sha256();
        return sha256.substring(0, Math.min(SHORT_HASH, sha256.length()));
    }
}
