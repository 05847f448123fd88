package io.clew.saga.testkit;

import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.Direction;
import io.clew.saga.Outcome;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All participants with their books, behaving by the wire contract: one stored outcome per
 * execution, errors not stored, a tombstone where a compensation finds no action.
 */
final class Participants {
    private final SimulationSetup setup;
    private final Cast cast;
    private final Dice dice;
    private final Books books;

    Participants(SimulationSetup setup, Cast cast, Dice dice) {
        this.setup = setup;
        this.cast = cast;
        this.dice = dice;
        this.books = new Books(!setup.has(Defect.PARTICIPANT_WITHOUT_FENCE));
    }

    Map<String, List<String>> books() {
        return books.done();
    }

    /** What it answers, in order; empty for silence. */
    List<Outcome> handle(Command command, boolean faults) {
        String key =
                setup.has(Defect.PARTICIPANT_DEDUPLICATES_ATTEMPTS)
                        ? command.id()
                        : command.identity();
        Optional<Outcome> known = books.stored(key);
        if (known.isPresent()) {
            return answers(known.get(), faults);
        }
        if (faults && dice.chance(0.12)) {
            Outcome error = new Outcome.Erred("DOWN", "trouble");
            if (setup.has(Defect.PARTICIPANT_STORES_ERRORS)) {
                books.store(key, error);
            }
            return List.of(error);
        }
        if (faults && dice.chance(0.08)) {
            return dice.chance(0.5) ? List.of() : List.of(new Outcome.Progress());
        }
        Outcome outcome =
                command.execution().direction() == Direction.ACTION
                        ? act(command, faults)
                        : undo(command, faults);
        books.store(key, outcome);
        return answers(outcome, faults);
    }

    private List<Outcome> answers(Outcome outcome, boolean faults) {
        if (!faults) {
            return List.of(outcome);
        }
        List<Outcome> answers = new ArrayList<>();
        if (dice.chance(0.1)) {
            answers.add(new Outcome.Progress());
        }
        if (outcome instanceof Outcome.Succeeded && dice.chance(cast.misfits())) {
            Bytes bad = Bytes.utf8(RandomSagas.BAD_RESULT);
            answers.add(new Outcome.Succeeded(Optional.of(bad)));
        } else if (dice.chance(0.93)) {
            answers.add(outcome);
        }
        return answers;
    }

    private Outcome act(Command command, boolean faults) {
        Optional<String> refusal = cast.refusal(command, faults);
        if (refusal.isPresent()) {
            return new Outcome.Failed(refusal.get(), "refused");
        }
        books.act(command);
        return new Outcome.Succeeded(cast.result(command));
    }

    private Outcome undo(Command command, boolean faults) {
        switch (books.find(command)) {
            case NOTHING -> books.fence(command);
            case STANDING -> {
                if (faults && dice.chance(0.1)) {
                    return new Outcome.Failed("NO_UNDO", "refused");
                }
                books.undo(command);
            }
            case SETTLED -> {}
        }
        return new Outcome.Succeeded(Optional.empty());
    }
}
