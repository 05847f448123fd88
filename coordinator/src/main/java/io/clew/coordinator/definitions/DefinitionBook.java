package io.clew.coordinator.definitions;

import io.clew.saga.DefinitionRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The definitions read so far. Written by one thread, read by many: readers see an immutable
 * picture.
 */
final class DefinitionBook {

    /** A name and version that is taken, by a definition that may be unusable here. */
    private record Slot(
            String sha256, long offset, Optional<AppliedDefinition> usable, String fault) {}

    private volatile Map<String, NavigableMap<Integer, Slot>> slots = Map.of();

    /** Whether the record was taken in: the lowest offset of a name and version wins. */
    boolean add(AppliedDefinition definition) {
        return put(
                definition.ref(),
                new Slot(
                        definition.ref().sha256(),
                        definition.offset(),
                        Optional.of(definition),
                        ""));
    }

    /** Notes a definition that this release cannot run; its version is taken all the same. */
    boolean addUnusable(DefinitionRef ref, long offset, String fault) {
        return put(ref, new Slot(ref.sha256(), offset, Optional.empty(), fault));
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
        NavigableMap<Integer, Slot> versions = slots.get(name);
        return versions == null
                ? List.of()
                : versions.descendingMap().values().stream()
                        .flatMap(slot -> slot.usable().stream())
                        .toList();
    }

    List<String> names() {
        return slots.keySet().stream().sorted().toList();
    }

    /** Every usable definition, in no order. */
    List<AppliedDefinition> all() {
        return slots.values().stream()
                .map(NavigableMap::values)
                .flatMap(Collection::stream)
                .flatMap(slot -> slot.usable().stream())
                .toList();
    }

    /** What cannot be run here, and why. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        slots.forEach(
                (name, versions) ->
                        versions.forEach(
                                (version, slot) -> {
                                    if (slot.usable().isEmpty()) {
                                        faults.add(name + ":" + version + ": " + slot.fault());
                                    }
                                }));
        return faults;
    }

    private Optional<Slot> slot(String name, int version) {
        NavigableMap<Integer, Slot> versions = slots.get(name);
        return versions == null ? Optional.empty() : Optional.ofNullable(versions.get(version));
    }

    private boolean put(DefinitionRef ref, Slot slot) {
        Map<String, NavigableMap<Integer, Slot>> next = new HashMap<>(slots);
        NavigableMap<Integer, Slot> before = next.get(ref.name());
        NavigableMap<Integer, Slot> versions =
                before == null ? new TreeMap<>() : new TreeMap<>(before);
        if (versions.putIfAbsent(ref.version(), slot) != null) {
            return false;
        }
        next.put(ref.name(), versions);
        slots = next;
        return true;
    }
}
