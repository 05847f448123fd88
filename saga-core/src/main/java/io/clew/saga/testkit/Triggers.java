package io.clew.saga.testkit;

import io.clew.saga.Arrival;
import io.clew.saga.Await;
import io.clew.saga.DefinitionRef;
import io.clew.saga.InterventionRequest;
import io.clew.saga.PauseRequest;
import io.clew.saga.PauseSubject;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaMachine;
import io.clew.saga.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts sagas and lets operators meddle with them. */
final class Triggers {
    private final World world;
    private final Dice dice;
    private int asked;
    private int arrivals;

    Triggers(World world) {
        this.world = world;
        this.dice = world.dice();
    }

    void plan() {
        planPauses();
        List<SagaDefinition> definitions = List.copyOf(world.definitions().values());
        int keys = dice.between(2, 10);
        for (int i = 0; i < keys; i++) {
            SagaDefinition definition = dice.pick(definitions);
            SagaId saga = SagaId.of(definition.ref().name(), "k" + i);
            int times = dice.chance(0.3) ? dice.between(2, 4) : 1;
            for (int j = 0; j < times; j++) {
                int latest = (int) world.faultsUntil() * (j + 1) / times;
                int at = dice.between(0, latest);
                world.agenda().at(at, () -> trigger(saga, definition));
                planArrivals(saga, definition, at);
            }
            int interventions = dice.chance(0.5) ? dice.between(1, 4) : 0;
            for (int j = 0; j < interventions; j++) {
                long at = dice.between(0, (int) world.faultsUntil());
                world.agenda().at(at, () -> intervene(saga));
            }
        }
    }

    /** Some of what is awaited comes: early, in time, late, twice or never. */
    private void planArrivals(SagaId saga, SagaDefinition definition, int startAt) {
        for (Await await : definition.awaits()) {
            int events = dice.between(0, 3);
            for (int i = 0; i < events; i++) {
                arrivals++;
                Arrival arrival =
                        new Arrival(
                                "a" + arrivals,
                                await.channel(),
                                await.type(),
                                world.cast().arrival(await, saga, arrivals));
                int copies = dice.chance(0.2) ? 2 : 1;
                for (int j = 0; j < copies; j++) {
                    int at = Math.max(0, startAt + dice.between(-5_000, 60_000));
                    world.agenda().at(at, () -> arrives(saga, arrival));
                }
            }
        }
    }

    private void arrives(SagaId saga, Arrival arrival) {
        world.comes("arrival", saga);
        world.append(saga, new SagaInput.Arrived(arrival));
    }

    /** Some participants and definitions are paused and resumed, in the end all are resumed. */
    private void planPauses() {
        int pauses = dice.chance(0.4) ? dice.between(1, 3) : 0;
        for (int i = 0; i < pauses; i++) {
            PauseSubject subject =
                    dice.chance(0.7)
                            ? PauseSubject.participant(world.cast().participant())
                            : PauseSubject.definition(world.cast().definition());
            int from = dice.between(0, (int) world.faultsUntil());
            int until = dice.between(from, (int) world.faultsUntil());
            world.agenda().at(from, () -> ask(subject, true));
            world.agenda().at(until, () -> ask(subject, false));
            world.agenda().at(world.faultsUntil(), () -> ask(subject, false));
        }
    }

    private void ask(PauseSubject subject, boolean pause) {
        asked++;
        PauseRequest request = new PauseRequest("pause-" + asked, subject, pause, "ann", "");
        world.comes(subject.kind() + (pause ? " paused" : " resumed"));
        world.append(request);
        if (dice.chance(0.2)) {
            world.agenda().in(dice.between(1, 5000), () -> world.append(request));
        }
    }

    private void trigger(SagaId saga, SagaDefinition definition) {
        world.append(
                saga,
                new SagaInput.Trigger(
                        definition.ref(),
                        SagaMachine.LOGIC_VERSION,
                        world.cast().event(saga, world.now()),
                        Map.of("key", saga.businessKey(), "at", "" + world.now()),
                        dice.chance(0.5) ? Optional.of("key-1") : Optional.empty(),
                        Optional.of("trace-" + world.now()),
                        Optional.empty()));
    }

    /** An operator ends what seems to stand still. */
    void cancel(SagaId saga) {
        String operation = "op-" + dice.between(13, 1000);
        InterventionRequest request = new InterventionRequest.Cancel();
        world.comes(request.word(), saga);
        world.append(
                saga,
                new SagaInput.Intervention(
                        operation, Optional.empty(), Optional.empty(), "ann", "", request));
    }

    /** To any version there is, its own among them. */
    private InterventionRequest migrate(SagaId saga) {
        List<DefinitionRef> versions =
                world.definitions().keySet().stream()
                        .filter(it -> it.name().equals(saga.definition()))
                        .toList();
        return versions.isEmpty()
                ? new InterventionRequest.Cancel()
                : new InterventionRequest.Migrate(dice.pick(versions));
    }

    private InterventionRequest rewind(SagaId saga) {
        List<String> names =
                world.definitions().values().stream()
                        .filter(it -> it.ref().name().equals(saga.definition()))
                        .flatMap(it -> it.steps().stream())
                        .map(Step::name)
                        .toList();
        return names.isEmpty()
                ? new InterventionRequest.Cancel()
                : new InterventionRequest.Rewind(dice.pick(names));
    }

    private void intervene(SagaId saga) {
        Optional<SagaInstance> seen = world.owner().store().instance(saga);
        Optional<Long> revision =
                dice.chance(0.3)
                        ? seen.map(it -> it.revision() - dice.between(0, 1))
                        : Optional.empty();
        Optional<String> command =
                dice.chance(0.1)
                        ? seen.flatMap(it -> it.currentCommands().stream().findFirst())
                                .map(it -> dice.chance(0.3) ? it + "0" : it)
                        : Optional.empty();
        InterventionRequest request =
                dice.pick(
                        new InterventionRequest.Retry(),
                        new InterventionRequest.Retry(),
                        new InterventionRequest.Skip(world.cast().byHand()),
                        new InterventionRequest.Cancel(),
                        new InterventionRequest.Cancel(),
                        dice.chance(0.3)
                                ? new InterventionRequest.Abandon()
                                : new InterventionRequest.Cancel(),
                        new InterventionRequest.Hold(),
                        new InterventionRequest.Hold(),
                        rewind(saga),
                        migrate(saga),
                        new InterventionRequest.Pause(),
                        new InterventionRequest.Pause(),
                        new InterventionRequest.Resume(),
                        new InterventionRequest.Resume());
        String operation = "op-" + dice.between(1, 40);
        world.comes(request.word(), saga);
        SagaInput input =
                new SagaInput.Intervention(operation, revision, command, "ann", "", request);
        world.append(saga, input);
        if (dice.chance(0.2)) {
            world.append(saga, input);
        }
    }
}
