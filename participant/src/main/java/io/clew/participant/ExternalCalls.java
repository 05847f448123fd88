package io.clew.participant;

import static java.util.Objects.requireNonNullElse;

import io.clew.participant.ExecutionBooks.Entry;
import io.clew.participant.ExternalEffect.Call;
import io.clew.participant.ExternalEffect.Settlement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Calls providers between two transactions, side by side, and stores what came of it. */
final class ExternalCalls {
    private final Database database;
    private final Answers answers;
    private final Consumer<Command> progress;

    ExternalCalls(Database database, Answers answers, Consumer<Command> progress) {
        this.database = database;
        this.answers = answers;
        this.progress = progress;
    }

    /** What the outside said: to be written into the books, or an answer that is never stored. */
    private sealed interface Said {
        record Outcome(CommandIdentity execution, Answer answer) implements Said {}

        record NeverHappened(CommandIdentity execution) implements Said {}

        record Trouble(Answer answer) implements Said {}
    }

    /** Answers the commands; one whose action was settled gets no answer but another turn. */
    Map<Command, Answer> run(Map<Command, Turn.Outside> turns) {
        var said = ask(turns);
        return database.inTransaction(
                connection -> {
                    var books = new ExecutionBooks(connection);
                    var answered = new LinkedHashMap<Command, Answer>();
                    for (var entry : said.entrySet()) {
                        var answer = write(books, entry.getValue());
                        var isSettled =
                                turns.get(entry.getKey()) instanceof Turn.ToSettle
                                        && !(entry.getValue() instanceof Said.Trouble);
                        if (!isSettled) {
                            answered.put(entry.getKey(), answer);
                        }
                    }
                    return answered;
                });
    }

    private Map<Command, Said> ask(Map<Command, Turn.Outside> turns) {
        var calls = new LinkedHashMap<Command, Future<Said>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var entry : turns.entrySet()) {
                calls.put(entry.getKey(), threads.submit(call(entry.getKey(), entry.getValue())));
            }
        }
        var said = new LinkedHashMap<Command, Said>();
        calls.forEach((command, call) -> said.put(command, result(call)));
        return said;
    }

    private Callable<Said> call(Command command, Turn.Outside turn) {
        return switch (turn) {
            case Turn.ToCall toCall ->
                    () -> {
                        var outcome = toCall.effect().call(command.payload(), callOf(command));
                        return new Said.Outcome(command.identity(), answers.of(command, outcome));
                    };
            case Turn.ToSettle toSettle ->
                    () ->
                            settled(
                                    command,
                                    toSettle.action(),
                                    toSettle.effect().settle(toSettle.action()));
        };
    }

    private Said settled(Command command, CommandIdentity action, Settlement settlement)
            throws CommandException {
        return switch (settlement) {
            case Settlement.Happened happened ->
                    new Said.Outcome(action, answers.of(command, happened.outcome()));
            case Settlement.NeverHappened never -> new Said.NeverHappened(action);
            case Settlement.Unknown unknown ->
                    new Said.Trouble(
                            Answer.error("IN_PROGRESS", "The action's outcome is not known yet"));
        };
    }

    private Call callOf(Command command) {
        return new Call(
                command.identity(),
                command.attempt(),
                command.deadline(),
                () -> progress.accept(command));
    }

    private static Said result(Future<Said> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            return new Said.Trouble(Answers.of(requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Said.Trouble(Answers.of(e));
        }
    }

    /** Whoever wrote first is right: the books may have been settled while the call was out. */
    private static Answer write(ExecutionBooks books, Said said) throws SQLException {
        return switch (said) {
            case Said.Trouble trouble -> trouble.answer();
            case Said.Outcome outcome ->
                    switch (books.lock(outcome.execution())) {
                        case Entry.Done done -> done.answer();
                        case Entry.Tombstone tombstone -> Answer.fenced();
                        case Entry.Fresh fresh -> throw new AssertionError("lock inserts nothing");
                        case Entry.InProgress inProgress -> {
                            books.finish(outcome.execution(), outcome.answer());
                            yield outcome.answer();
                        }
                    };
            case Said.NeverHappened never -> {
                if (books.lock(never.execution()) instanceof Entry.InProgress) {
                    books.bury(never.execution());
                }
                yield Answer.fenced();
            }
        };
    }
}
