package io.clew.participant;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a batch its turns in one transaction. If the database refuses that, or two workers are in
 * each other's way, commands go alone, so that one of them never holds up the others.
 */
final class BatchTurns {
    private static final Logger LOGGER = System.getLogger(BatchTurns.class.getName());
    private static final int TRIES_ALONE = 3;

    private final Database database;
    private final CommandTurns turns;

    BatchTurns(Database database, CommandTurns turns) {
        this.database = database;
        this.turns = turns;
    }

    /**
     * What is in the result is committed; what is not wants another go, because an earlier command
     * of its saga is still without an answer.
     */
    Map<Command, Turn> take(List<Command> commands) {
        if (commands.size() == 1) {
            return Map.of(commands.get(0), alone(commands.get(0)));
        }
        try {
            var taken = database.commit(connection -> turns.take(connection, commands));
            taken.replaceAll(
                    (command, turn) -> turn instanceof Turn.Conflict ? alone(command) : turn);
            return taken;
        } catch (SQLException e) {
            if (DatabaseTrouble.isAway(e)) {
                throw new UnavailableException("database", e);
            }
            LOGGER.log(
                    Level.INFO,
                    "A batch of {0} commands is handled one by one: {1}",
                    commands.size(),
                    e.getMessage());
            return oneByOne(commands);
        }
    }

    private Map<Command, Turn> oneByOne(List<Command> commands) {
        var taken = new LinkedHashMap<Command, Turn>();
        var open = new HashSet<String>();
        for (var command : commands) {
            if (!open.contains(command.identity().sagaId())) {
                var turn = alone(command);
                taken.put(command, turn);
                if (!(turn instanceof Turn.Answered)) {
                    open.add(command.identity().sagaId());
                }
            }
        }
        return taken;
    }

    private Turn alone(Command command) {
        var turn = tryAlone(command);
        for (var tries = 1; turn instanceof Turn.Conflict && tries < TRIES_ALONE; tries++) {
            turn = tryAlone(command);
        }
        return turn instanceof Turn.Conflict lost
                ? new Turn.Answered(Answers.of(lost.cause()))
                : turn;
    }

    private Turn tryAlone(Command command) {
        try {
            var taken = database.commit(connection -> turns.take(connection, List.of(command)));
            return requireNonNull(taken.get(command));
        } catch (SQLException e) {
            if (DatabaseTrouble.isAway(e)) {
                throw new UnavailableException("database", e);
            }
            return DatabaseTrouble.isConflict(e)
                    ? new Turn.Conflict(e)
                    : new Turn.Answered(Answers.of(e));
        }
    }
}
