package io.clew.participant;

import static java.util.Objects.requireNonNullElse;

import io.clew.participant.ExecutionBooks.Entry;
import io.clew.participant.ExternalEffect.Call;
import io.clew.participant.ExternalEffect.Settlement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
        try {
            return store(turns, said);
        } catch (SQLException e) {
            throwIfAway(e);
        }
        var answered = new LinkedHashMap<Command, Answer>();
        said.forEach((command, one) -> answered.putAll(storeAlone(command, turns, one)));
        return answered;
    }

    /** What the database will not store is an error of that command alone. */
    private Map<Command, Answer> storeAlone(
            Command command, Map<Command, Turn.Outside> turns, Said said) {
        try {
            return store(turns, Map.of(command, said));
        } catch (SQLException e) {
            throwIfAway(e);
            return Map.of(command, Answers.of(e));
        }
    }

    private static void throwIfAway(SQLException e) {
        if (DatabaseTrouble.isAway(e)) {
            throw new UnavailableException("database", e);
        }
    }

    private Map<Command, Answer> store(Map<Command, Turn.Outside> turns, Map<Command, Said> said)
            throws SQLException {
        return database.commit(
                connection -> {
                    var books = BatchBooks.lock(new ExecutionBooks(connection), executions(said));
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
                    books.writeBack();
                    return answered;
                });
    }

    private static List<CommandIdentity> executions(Map<Command, Said> said) {
        return said.values().stream()
                .flatMap(
                        one ->
                                switch (one) {
                                    case Said.Outcome outcome -> Stream.of(outcome.execution());
                                    case Said.NeverHappened never -> Stream.of(never.execution());
                                    case Said.Trouble trouble -> Stream.empty();
                                })
                .toList();
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
    private static Answer write(BatchBooks books, Said said) {
        return switch (said) {
            case Said.Trouble trouble -> trouble.answer();
            case Said.Outcome outcome ->
                    switch (books.of(outcome.execution())) {
                        case Entry.Done done -> done.answer();
                        case Entry.Tombstone tombstone -> Answer.fenced();
                        case Entry.Fresh fresh -> throw new AssertionError("lock inserts nothing");
                        case Entry.InProgress inProgress -> {
                            books.finish(outcome.execution(), outcome.answer());
                            yield outcome.answer();
                        }
                    };
            case Said.NeverHappened never -> {
                if (books.of(never.execution()) instanceof Entry.InProgress) {
                    books.bury(never.execution());
                }
                yield Answer.fenced();
            }
        };
    }
}
