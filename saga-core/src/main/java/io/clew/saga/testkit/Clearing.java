package io.clew.saga.testkit;

import io.clew.saga.InterventionRequest;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import java.util.List;
import java.util.Optional;

/** Operators, once all is quiet: they resume what is paused and retry what has an incident. */
final class Clearing {
    private static final int ROUNDS = 40;

    private final World world;
    private int operations;

    Clearing(World world) {
        this.world = world;
    }

    void run() {
        for (int round = 0; round < ROUNDS; round++) {
            boolean clear = true;
            for (SagaInstance saga : List.copyOf(world.committed().instances().values())) {
                if (!saga.phase().ended()) {
                    clear = false;
                    ask(saga);
                }
            }
            if (clear) {
                return;
            }
            if (!world.runAgenda()) {
                throw new Violation("L1 it comes to rest", "still busy at " + world.now());
            }
        }
    }

    private void ask(SagaInstance saga) {
        operations++;
        InterventionRequest request =
                saga.pausedAt().isPresent()
                        ? new InterventionRequest.Resume()
                        : new InterventionRequest.Retry();
        world.append(
                saga.id(),
                new SagaInput.Intervention(
                        "clear-" + operations,
                        Optional.empty(),
                        Optional.empty(),
                        "bob",
                        "",
                        request));
    }
}
