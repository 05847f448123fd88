package io.clew.saga.testkit;

import io.clew.saga.ChildSagas;
import io.clew.saga.Command;
import io.clew.saga.Outcome;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.util.List;
import java.util.Optional;

/** Brings commands to participants and their replies back: late, twice, wrong or never. */
final class Mail {
    private static final int LATE = 15_000;

    private final World world;
    private final Dice dice;
    private final Participants participants;
    private final Relay relay;

    Mail(World world, Participants participants) {
        this.world = world;
        this.dice = world.dice();
        this.participants = participants;
        this.relay = new Relay(world, this);
    }

    Relay relay() {
        return relay;
    }

    /** A command is out, whatever becomes of the transaction it was sent in. */
    void send(Command command) {
        SagaId saga = command.saga();
        world.checks().sent(command, world.wire().encode(command));
        world.trace().add(saga, () -> world.now() + "   sends " + command.id());
        boolean gone = !world.environment().there(command.content().topic(), world.now());
        if (gone || world.faults() && dice.chance(0.04)) {
            world.fault(SimulatedFault.COMMAND_LOST, saga);
            return;
        }
        boolean twice = world.faults() && dice.chance(0.08);
        if (twice) {
            world.fault(SimulatedFault.COMMAND_DOUBLED, saga);
        }
        Optional<String> child =
                ChildSagas.definition(command.content().participant()).filter(this::plays);
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            if (child.isPresent()) {
                relay.command(child.get(), command);
            } else {
                world.agenda().in(delay(saga), () -> arrives(command));
            }
        }
    }

    /** Whether sagas of this definition are simulated; else they are like any participant. */
    private boolean plays(String name) {
        return world.definitions().keySet().stream().anyMatch(it -> it.name().equals(name));
    }

    /** Mostly at once, seldom so late that much has happened in between. */
    long delay(SagaId saga) {
        if (!world.faults() || dice.chance(0.8)) {
            return dice.between(1, 30);
        }
        if (dice.chance(0.7)) {
            return dice.between(30, LATE);
        }
        world.fault(SimulatedFault.RECORD_LATE, saga);
        return dice.between(LATE, 150_000);
    }

    private void arrives(Command command) {
        SagaId saga = command.saga();
        List<Outcome> answers = participants.handle(command, world.faults());
        world.trace()
                .add(
                        saga,
                        () -> world.now() + "   participant: " + command.id() + " -> " + answers);
        if (answers.stream().allMatch(Outcome.Progress.class::isInstance)) {
            world.fault(SimulatedFault.PARTICIPANT_SILENT, saga);
        }
        for (Outcome outcome : answers) {
            if (outcome instanceof Outcome.Erred) {
                world.fault(SimulatedFault.PARTICIPANT_ERRS, saga);
            }
            answer(command, outcome);
        }
    }

    private void answer(Command command, Outcome outcome) {
        SagaId saga = command.saga();
        boolean twice = world.faults() && dice.chance(0.1);
        if (twice) {
            world.fault(SimulatedFault.REPLY_DOUBLED, saga);
        }
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            boolean misaddressed = world.faults() && dice.chance(0.03);
            if (misaddressed) {
                world.fault(SimulatedFault.REPLY_MISADDRESSED, saga);
            }
            SagaInput reply = reply(command, outcome, misaddressed);
            world.agenda().in(delay(saga), () -> world.append(saga, reply));
        }
    }

    /** The reply; misaddressed, it claims a success of something that was not asked for. */
    private SagaInput reply(Command command, Outcome outcome, boolean misaddressed) {
        boolean otherRun = misaddressed && dice.chance(0.5);
        int further = misaddressed && !otherRun ? 3 : 0;
        return new SagaInput.Reply(
                otherRun ? command.run() - 1 : command.run(),
                command.execution().path(),
                command.execution().direction(),
                command.execution().number() + further,
                command.attempt(),
                misaddressed ? new Outcome.Succeeded(Optional.empty()) : outcome);
    }
}
