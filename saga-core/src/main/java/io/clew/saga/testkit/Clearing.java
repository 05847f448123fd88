package io.clew.saga.testkit;

import io.clew.saga.ChildSagas;
import io.clew.saga.Incident;
import io.clew.saga.InterventionRequest;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.Step;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
            world.rest();
        }
    }

    private void ask(SagaInstance saga) {
        operations++;
        SagaDefinition definition = world.definitions().get(saga.definition());
        world.append(saga.id(), asked(definition, saga, "clear-" + operations));
    }

    /** What an operator asks for a saga that stands still. */
    static SagaInput.Intervention asked(
            @Nullable SagaDefinition definition, SagaInstance saga, String operation) {
        Optional<String> hopeless = hopeless(definition, saga);
        InterventionRequest request =
                saga.pausedAt().isPresent()
                        ? new InterventionRequest.Resume()
                        : hopeless.isPresent()
                                ? new InterventionRequest.Skip(Optional.empty())
                                : new InterventionRequest.Retry();
        boolean skips = request instanceof InterventionRequest.Skip;
        return new SagaInput.Intervention(
                operation,
                Optional.empty(),
                skips ? hopeless : Optional.empty(),
                "bob",
                "",
                request);
    }

    /**
     * No use to wait again for what will never come, to enter a loop that is too long, or to ask a
     * child that cannot be taken back.
     */
    private static Optional<String> hopeless(
            @Nullable SagaDefinition definition, SagaInstance saga) {
        return saga.incidents().stream()
                .map(Incident::step)
                .filter(it -> !it.isEmpty() && isHopeless(definition, it))
                .flatMap(
                        it ->
                                saga.currentCommands().stream()
                                        .filter(command -> command.contains("/" + it + "/")))
                .findFirst();
    }

    private static boolean isHopeless(@Nullable SagaDefinition definition, String path) {
        return definition != null
                && definition
                        .leaf(path)
                        .filter(it -> it instanceof Step step && !isChild(step))
                        .isEmpty();
    }

    private static boolean isChild(Step step) {
        return ChildSagas.definition(step.action().participant()).isPresent();
    }
}
