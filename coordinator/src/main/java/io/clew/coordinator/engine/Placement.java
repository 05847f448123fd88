package io.clew.coordinator.engine;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Who holds a partition.
 *
 * @param owner its owner, if one is known
 * @param standbys others that keep copies
 * @param here whether this instance is its owner
 */
public record Placement(Optional<HostInfo> owner, List<HostInfo> standbys, boolean here) {
    public Placement {
        standbys = List.copyOf(standbys);
    }
}
