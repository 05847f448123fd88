package io.clew.it.faults.cluster;

import io.clew.it.system.Rest;
import io.clew.platform.AppProcess;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One coordinator.
 *
 * @param app its process
 * @param astray the same with a wrong clock, where there can be one; never both run
 * @param disk a disk of its own, where there can be one
 * @param host a host of its own, where there can be one
 * @param state where it keeps its rows
 * @param links the wires between it and the brokers
 */
public record CoordinatorNode(
        AppProcess app,
        Optional<AppProcess> astray,
        Optional<SmallDisk> disk,
        Optional<Network.Host> host,
        Path state,
        Links links) {
    public Rest rest() {
        return new Rest(app.url());
    }
}
