package io.clew.saga.testkit;

import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.Direction;
import io.clew.saga.Execution;
import io.clew.saga.Outcome;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All participants with their books, behaving by the wire contract: one stored outcome per
 * execution, errors not stored, a tombstone where a compensation finds no action.
 */
final class Participants {
    private final SimulationSetup setup;
    private final Cast cast;
    private final Dice dice;
    private final Map<String, Outcome> stored = new TreeMap<>();

    /** Per action execution what was done, in order: {@code action}, {@code undo}, tombstone. */
    private final Map<String, List<String>> books = new TreeMap<>();

    Participants(SimulationSetup setup, Cast cast, Dice dice) {
        this.setup = setup;
        this.cast = cast;
        this.dice = dice;
    }

    Map<String, List<String>> books() {
        return books;
    }

    /** What it answers, in order; empty for silence. */
    List<Outcome> handle(Command command, boolean faults) {
        String key =
                setup.has(Defect.PARTICIPANT_DEDUPLICATES_ATTEMPTS)
                        ? command.id()
                        : command.identity();
        Outcome known = stored.get(key);
        if (known != null) {
            return answers(known, faults);
        }
        if (faults && dice.chance(0.12)) {
            Outcome error = new Outcome.Erred("DOWN", "trouble");
            if (setup.has(Defect.PARTICIPANT_STORES_ERRORS)) {
                stored.put(key, error);
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
        stored.put(key, outcome);
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
        note(command.identity(), "action");
        return new Outcome.Succeeded(cast.result(command));
    }

    private Outcome undo(Command command, boolean faults) {
        Execution undone =
                Execution.action(command.execution().path(), command.execution().compensates());
        String action =
                command.saga()
                        + "/"
                        + command.run()
                        + "/"
                        + undone.path()
                        + "/action/"
                        + undone.number();
        List<String> done = books.getOrDefault(action, List.of());
        if (done.isEmpty() && !stored.containsKey(action)) {
            if (!setup.has(Defect.PARTICIPANT_WITHOUT_FENCE)) {
                stored.put(action, new Outcome.Failed("FENCED", "compensated before"));
                note(action, "tombstone");
            }
        } else if (done.equals(List.of("action"))) {
            if (faults && dice.chance(0.1)) {
                return new Outcome.Failed("NO_UNDO", "refused");
            }
            note(action, "undo");
        }
        return new Outcome.Succeeded(Optional.empty());
    }

    private void note(String action, String what) {
        books.computeIfAbsent(action, it -> new ArrayList<>()).add(what);
    }
}
