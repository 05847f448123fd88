package io.clew.coordinator.definitions;

import io.clew.saga.DefinitionRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The definitions read so far. Written by one thread, read by many: readers see an immutable
 * picture.
 */
final class DefinitionBook {

    /** A name and version that is taken, by a definition that may be unusable here. */
    private record Slot(
            String sha256, long offset, Optional<AppliedDefinition> usable, String fault) {}

    /** What there is of a name. */
    private record Named(NavigableMap<Integer, Slot> versions, Rollout rollout) {

        static final Named NOTHING = new Named(new TreeMap<>(), Rollout.NONE);

        Optional<Slot> slot(int version) {
            return Optional.ofNullable(versions.get(version));
        }

        /** The versions that can run here, newest first. */
        Stream<AppliedDefinition> usable() {
            return versions.descendingMap().values().stream()
                    .flatMap(slot -> slot.usable().stream());
        }

        Named with(int version, Slot slot) {
            NavigableMap<Integer, Slot> more = new TreeMap<>(versions);
            more.put(version, slot);
            return new Named(more, rollout);
        }

        Named with(Rollout next) {
            return new Named(versions, next);
        }
    }

    /** All there is at one moment; what readers ask for all the time is made once. */
    private record Picture(
            Map<String, Named> names, List<AppliedDefinition> all, Map<String, Rollout> rollouts) {

        static Picture of(Map<String, Named> names) {
            return new Picture(
                    Map.copyOf(names),
                    names.values().stream().flatMap(Named::usable).toList(),
                    names.entrySet().stream()
                            .collect(
                                    Collectors.toUnmodifiableMap(
                                            Map.Entry::getKey, it -> it.getValue().rollout())));
        }
    }

    private volatile Picture now = Picture.of(Map.of());

    /**
     * Whether the record was taken in: the lowest offset of a name and version wins.
     *
     * @param activate whether it is active from there on, if no higher one is
     */
    boolean add(AppliedDefinition definition, boolean activate) {
        DefinitionRef ref = definition.ref();
        Named before = named(ref.name());
        if (before.slot(ref.version()).isPresent()) {
            return false;
        }
        long offset = definition.offset();
        Rollout rollout = after(before, ref.version(), offset, activate);
        Slot slot = new Slot(ref.sha256(), offset, Optional.of(definition), "");
        // At once: nobody must see a version that listens, and none that takes what comes.
        put(ref.name(), before.with(ref.version(), slot).with(rollout));
        return true;
    }

    private static Rollout after(Named before, int version, long offset, boolean activate) {
        return activate
                ? before.rollout().applied(version, offset)
                : before.rollout().standby(offset);
    }

    /** Takes in a wish that stands at this offset of the topic. */
    void wish(String name, Rollout.Wish wish, long offset) {
        Named named = named(name);
        put(name, named.with(named.rollout().wished(wish, offset)));
    }

    /** Which versions of a name take new sagas. */
    Rollout rollout(String name) {
        return named(name).rollout();
    }

    /** The same of every name. */
    Map<String, Rollout> rollouts() {
        return now.rollouts();
    }

    /**
     * Notes a definition that this release cannot run; its version is taken, and active, all the
     * same: others may be able to.
     */
    boolean addUnusable(DefinitionRef ref, long offset, String fault, boolean activate) {
        Named before = named(ref.name());
        if (before.slot(ref.version()).isPresent()) {
            return false;
        }
        Slot slot = new Slot(ref.sha256(), offset, Optional.empty(), fault);
        Rollout rollout = after(before, ref.version(), offset, activate);
        put(ref.name(), before.with(ref.version(), slot).with(rollout));
        return true;
    }

    Optional<AppliedDefinition> find(DefinitionRef ref) {
        return get(ref.name(), ref.version()).filter(it -> it.ref().equals(ref));
    }

    Optional<AppliedDefinition> get(String name, int version) {
        return slot(name, version).flatMap(Slot::usable);
    }

    /** The content hash that has taken this name and version. */
    Optional<String> taken(String name, int version) {
        return slot(name, version).map(Slot::sha256);
    }

    /** All versions of a name, newest first. */
    List<AppliedDefinition> versions(String name) {
        return named(name).usable().toList();
    }

    List<String> names() {
        return now.names().entrySet().stream()
                .filter(it -> !it.getValue().versions().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Every usable definition, in no order; the same list until one, or a rollout, comes. */
    List<AppliedDefinition> all() {
        return now.all();
    }

    /** What cannot be run here, and why. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        now.names()
                .forEach(
                        (name, named) ->
                                named.versions()
                                        .forEach(
                                                (version, slot) -> {
                                                    if (slot.usable().isEmpty()) {
                                                        faults.add(
                                                                name
                                                                        + ":"
                                                                        + version
                                                                        + ": "
                                                                        + slot.fault());
                                                    }
                                                }));
        return faults;
    }

    private Optional<Slot> slot(String name, int version) {
        return named(name).slot(version);
    }

    private Named named(String name) {
        return now.names().getOrDefault(name, Named.NOTHING);
    }

    private void put(String name, Named named) {
        Map<String, Named> next = new HashMap<>(now.names());
        next.put(name, named);
        now = Picture.of(next);
    }
}
