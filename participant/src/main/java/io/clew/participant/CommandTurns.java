package io.clew.participant;

import io.clew.participant.ExecutionBooks.Entry;
import io.clew.participant.Participant.Handling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Gives commands their turns in one open transaction. The rows of all their executions, and of the
 * actions they undo, are locked before anything is done, so an action and its compensation never
 * pass each other; then each handler has a savepoint of its own.
 */
final class CommandTurns {
    private final Participant participant;
    private final Answers answers;
    private final Clock clock;
    private final Consumer<Command> progress;

    CommandTurns(
            Participant participant, Answers answers, Clock clock, Consumer<Command> progress) {
        this.participant = participant;
        this.answers = answers;
        this.clock = clock;
        this.progress = progress;
    }

    /** A saga whose command is not answered has no further turn in this transaction. */
    Map<Command, Turn> take(Connection connection, List<Command> commands) throws SQLException {
        var books = BatchBooks.claim(new ExecutionBooks(connection), commands);
        var transaction = new Transaction(connection, books, new MovingSavepoint(connection));
        var turns = new LinkedHashMap<Command, Turn>();
        var open = new HashSet<String>();
        for (var command : commands) {
            if (open.contains(command.identity().sagaId())) {
                continue;
            }
            var turn = transaction.take(command);
            turns.put(command, turn);
            if (!(turn instanceof Turn.Answered)) {
                open.add(command.identity().sagaId());
            }
        }
        books.writeBack();
        return turns;
    }

    /** The commands' common ground. */
    private final class Transaction {
        private final Connection connection;
        private final BatchBooks books;
        private final MovingSavepoint savepoint;

        private Transaction(Connection connection, BatchBooks books, MovingSavepoint savepoint) {
            this.connection = GuardedConnection.of(connection, savepoint);
            this.books = books;
            this.savepoint = savepoint;
        }

        /** What goes wrong with this command is undone and answered, unless the world is away. */
        private Turn take(Command command) throws SQLException {
            try {
                return command.action().isPresent()
                        ? compensate(command, command.action().get())
                        : perform(command);
            } catch (UnavailableException e) {
                throw e;
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                savepoint.undo();
                return DatabaseTrouble.isConflict(e)
                        ? new Turn.Conflict(e)
                        : new Turn.Answered(Answers.of(e));
            }
        }

        private Turn compensate(Command command, CommandIdentity action) throws Exception {
            return switch (books.of(action)) {
                case Entry.Fresh fresh -> {
                    books.bury(action);
                    yield nothingToUndo(command);
                }
                case Entry.Tombstone tombstone -> nothingToUndo(command);
                case Entry.Done done ->
                        done.answer().isFailed() ? nothingToUndo(command) : perform(command);
                case Entry.InProgress inProgress -> new Turn.ToSettle(action, effectOf(inProgress));
            };
        }

        private Turn nothingToUndo(Command command) {
            return switch (books.of(command.identity())) {
                case Entry.Done done -> new Turn.Answered(done.answer());
                case Entry.Tombstone tombstone -> new Turn.Answered(Answer.fenced());
                case Entry.Fresh fresh -> finish(command, Answer.succeeded());
                case Entry.InProgress inProgress -> finish(command, Answer.succeeded());
            };
        }

        private Turn perform(Command command) throws Exception {
            return switch (books.of(command.identity())) {
                case Entry.Done done -> new Turn.Answered(done.answer());
                case Entry.Tombstone tombstone -> new Turn.Answered(Answer.fenced());
                case Entry.InProgress inProgress -> handle(command);
                case Entry.Fresh fresh -> {
                    if (command.isPastDeadline(clock.instant())) {
                        throw new CommandException(
                                "DEADLINE_PASSED",
                                "The saga's deadline was " + command.deadline().get());
                    }
                    yield handle(command);
                }
            };
        }

        private Turn handle(Command command) throws Exception {
            return switch (participant.handlingOf(command.type()).orElseThrow()) {
                case Handling.Outside outside -> {
                    books.begin(command.identity(), command.type());
                    yield new Turn.ToCall(outside.effect());
                }
                case Handling.InTransaction inside -> {
                    var outcome = inside.handler().handle(command.payload(), context(command));
                    var answer = answers.of(command, outcome);
                    if (isRefusedAction(command, outcome)) {
                        savepoint.undo();
                    } else {
                        savepoint.keep();
                    }
                    yield finish(command, answer);
                }
            };
        }

        /** It has no compensation, so the library sees to it that nothing of it stays. */
        private boolean isRefusedAction(Command command, Outcome outcome) {
            return outcome instanceof Outcome.Failed
                    && command.identity().direction() == Direction.ACTION;
        }

        private Turn finish(Command command, Answer answer) {
            books.finish(command.identity(), answer);
            return new Turn.Answered(answer);
        }

        private CommandContext context(Command command) {
            return new CommandContext(
                    command.identity(),
                    command.attempt(),
                    command.deadline(),
                    clock.instant(),
                    connection,
                    () -> progress.accept(command));
        }
    }

    private ExternalEffect<SpecificRecord> effectOf(Entry.InProgress inProgress)
            throws CommandException {
        var type = inProgress.commandType();
        if (type != null
                && participant.handlingOf(type).orElse(null) instanceof Handling.Outside outside) {
            return outside.effect();
        }
        throw new CommandException("IN_PROGRESS", "Nobody can settle an execution of " + type);
    }
}
