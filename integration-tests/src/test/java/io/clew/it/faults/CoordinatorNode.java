package io.clew.it.faults;

import io.clew.it.system.Rest;
import io.clew.platform.AppProcess;
import java.nio.file.Path;

/**
 * One coordinator.
 *
 * @param app its process
 * @param state where it keeps its rows
 * @param links the wires between it and the brokers
 */
record CoordinatorNode(AppProcess app, Path state, Links links) {
    Rest rest() {
        return new Rest(app.url());
    }
}
