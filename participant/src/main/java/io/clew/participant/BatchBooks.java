package io.clew.participant;

import io.clew.participant.ExecutionBooks.Entry;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the books say about every execution a batch touches: locked and read at once, changed here,
 * written back at once. The rows stand outside the savepoints of the commands, so what a command
 * that fails has not changed here needs no undoing.
 */
final class BatchBooks {
    private final ExecutionBooks books;
    private final Map<CommandIdentity, Entry> entries;
    private final HashSet<CommandIdentity> fresh = new HashSet<>();
    private final LinkedHashMap<CommandIdentity, Answer> finished = new LinkedHashMap<>();
    private final HashSet<CommandIdentity> buried = new HashSet<>();

    private BatchBooks(ExecutionBooks books, Map<CommandIdentity, Entry> entries) {
        this.books = books;
        this.entries = new HashMap<>(entries);
        entries.forEach(
                (identity, entry) -> {
                    if (entry instanceof Entry.Fresh) {
                        fresh.add(identity);
                    }
                });
    }

    /** Claims the commands' executions and those of the actions they undo. */
    static BatchBooks claim(ExecutionBooks books, List<Command> commands) throws SQLException {
        var wanted = new TreeMap<CommandIdentity, Optional<String>>(CommandIdentity.LOCK_ORDER);
        for (var command : commands) {
            wanted.merge(
                    command.identity(),
                    Optional.of(command.type()),
                    (first, second) -> first.or(() -> second));
            command.action().ifPresent(action -> wanted.putIfAbsent(action, Optional.empty()));
        }
        return new BatchBooks(books, books.claim(wanted));
    }

    /** Locks executions that have rows. */
    static BatchBooks lock(ExecutionBooks books, Collection<CommandIdentity> identities)
            throws SQLException {
        var wanted = new TreeSet<CommandIdentity>(CommandIdentity.LOCK_ORDER);
        wanted.addAll(identities);
        return new BatchBooks(books, books.lock(wanted));
    }

    Entry of(CommandIdentity identity) {
        var entry = entries.get(identity);
        if (entry == null) {
            throw new IllegalStateException("Expected " + identity + " to be locked");
        }
        return entry;
    }

    /** Its effect is outside and about to be begun. */
    void begin(CommandIdentity identity, String commandType) {
        fresh.remove(identity);
        entries.put(identity, new Entry.InProgress(commandType));
    }

    void finish(CommandIdentity identity, Answer answer) {
        fresh.remove(identity);
        finished.put(identity, answer);
        entries.put(identity, new Entry.Done(answer));
    }

    void bury(CommandIdentity identity) {
        fresh.remove(identity);
        buried.add(identity);
        entries.put(identity, new Entry.Tombstone());
    }

    /** What is still fresh was claimed for a command of which nothing came. */
    void writeBack() throws SQLException {
        books.finish(finished);
        books.bury(buried);
        books.erase(fresh);
    }
}
