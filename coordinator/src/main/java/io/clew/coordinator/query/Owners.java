package io.clew.coordinator.query;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whom to ask about partitions of the inbox. */
record Owners(EngineView engine) {

    Set<Integer> partitions() {
        Set<Integer> all = new TreeSet<>();
        for (int partition = 0; partition < engine.partitions(); partition++) {
            all.add(partition);
        }
        return all;
    }

    /** The partitions this instance owns. */
    Set<Integer> here() {
        Set<Integer> here = new TreeSet<>();
        engine.placements()
                .forEach(
                        (partition, placement) -> {
                            if (placement.here()) {
                                here.add(partition);
                            }
                        });
        return here;
    }

    /**
     * By owner what is to be asked of it; this instance has no address, and partitions without a
     * known owner are left out.
     *
     * @param after by partition from where on it is asked
     */
    Map<Optional<URI>, Map<Integer, String>> of(Map<Integer, String> after) {
        Map<Integer, EngineView.Placement> placements = engine.placements();
        Map<Optional<URI>, Map<Integer, String>> owners = new HashMap<>();
        after.forEach(
                (partition, from) -> {
                    EngineView.Placement placement = placements.get(partition);
                    if (placement != null && (placement.here() || placement.owner().isPresent())) {
                        Optional<URI> owner =
                                placement.here() ? Optional.empty() : placement.owner();
                        owners.computeIfAbsent(owner, it -> new HashMap<>()).put(partition, from);
                    }
                });
        return owners;
    }
}
