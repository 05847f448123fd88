package io.clew.participant;

import io.clew.participant.ExecutionBooks.Entry;
import io.clew.participant.Participant.Handling;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Gives commands their turn in one open transaction, each in its own savepoint. The row of an
 * execution is locked before anything is done about it; a compensation first locks the row of the
 * action it undoes, so the two never pass each other.
 */
final class CommandTurns {
    private final Participant participant;
    private final Answers answers;
    private final Clock clock;
    private final Consumer<Command> progress;
    private final Connection connection;
    private final ExecutionBooks books;

    CommandTurns(
            Participant participant,
            Answers answers,
            Clock clock,
            Consumer<Command> progress,
            Connection connection) {
        this.participant = participant;
        this.answers = answers;
        this.clock = clock;
        this.progress = progress;
        this.connection = connection;
        this.books = new ExecutionBooks(connection);
    }

    /** Whatever goes wrong with this command is undone and answered, unless the world is away. */
    Turn take(Command command) throws SQLException {
        var start = connection.setSavepoint();
        Turn turn;
        try {
            turn =
                    command.compensates().isPresent()
                            ? compensate(command, start)
                            : perform(command, start);
        } catch (UnavailableException e) {
            throw e;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            connection.rollback(start);
            turn = new Turn.Answered(Answers.of(e));
        }
        connection.releaseSavepoint(start);
        return turn;
    }

    private Turn compensate(Command command, Savepoint start) throws Exception {
        var action = command.identity().actionOfExecution(command.compensates().orElseThrow());
        return switch (books.claimOrBury(action)) {
            case Entry.Fresh fresh -> nothingToUndo(command);
            case Entry.Tombstone tombstone -> nothingToUndo(command);
            case Entry.Done done ->
                    done.answer().isFailed() ? nothingToUndo(command) : perform(command, start);
            case Entry.InProgress inProgress -> new Turn.ToSettle(action, effectOf(inProgress));
        };
    }

    private Turn nothingToUndo(Command command) throws SQLException {
        return switch (books.claim(command.identity(), command.type())) {
            case Entry.Done done -> new Turn.Answered(done.answer());
            case Entry.Tombstone tombstone -> new Turn.Answered(Answer.fenced());
            case Entry.Fresh fresh -> finish(command, Answer.succeeded());
            case Entry.InProgress inProgress -> finish(command, Answer.succeeded());
        };
    }

    private Turn perform(Command command, Savepoint start) throws Exception {
        return switch (books.claim(command.identity(), command.type())) {
            case Entry.Done done -> new Turn.Answered(done.answer());
            case Entry.Tombstone tombstone -> new Turn.Answered(Answer.fenced());
            case Entry.InProgress inProgress -> handle(command, start);
            case Entry.Fresh fresh -> {
                if (command.isPastDeadline(clock.instant())) {
                    throw new CommandException(
                            "DEADLINE_PASSED",
                            "The saga's deadline was " + command.deadline().get());
                }
                yield handle(command, start);
            }
        };
    }

    private Turn handle(Command command, Savepoint start) throws Exception {
        return switch (participant.handlingOf(command.type()).orElseThrow()) {
            case Handling.Outside outside -> new Turn.ToCall(outside.effect());
            case Handling.InTransaction inside -> {
                var outcome = inside.handler().handle(command.payload(), context(command));
                yield outcome instanceof Outcome.Failed
                        ? refuse(command, answers.of(command, outcome), start)
                        : finish(command, answers.of(command, outcome));
            }
        };
    }

    /** A refused action has no compensation, so the library sees to it that nothing stays. */
    private Turn refuse(Command command, Answer refusal, Savepoint start) throws SQLException {
        if (command.identity().direction() == Direction.COMPENSATION) {
            return finish(command, refusal);
        }
        connection.rollback(start);
        return switch (books.claim(command.identity(), command.type())) {
            case Entry.Done done -> new Turn.Answered(done.answer());
            case Entry.Tombstone tombstone -> new Turn.Answered(Answer.fenced());
            case Entry.Fresh fresh -> finish(command, refusal);
            case Entry.InProgress inProgress -> finish(command, refusal);
        };
    }

    private Turn finish(Command command, Answer answer) throws SQLException {
        books.finish(command.identity(), answer);
        return new Turn.Answered(answer);
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

    private CommandContext context(Command command) {
        return new CommandContext(
                command.identity(),
                command.attempt(),
                command.deadline(),
                clock.instant(),
                GuardedConnection.of(connection),
                () -> progress.accept(command));
    }
}
