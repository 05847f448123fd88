package io.clew.saga.testkit;

import io.clew.saga.Command;
import io.clew.saga.Execution;
import io.clew.saga.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What participants have written down: the outcome of each execution, and per action what was done,
 * in order: {@code action}, {@code undo}, {@code tombstone}.
 */
final class Books {
    /** What a compensation finds of the action it takes back. */
    enum Found {
        /** It has not come yet, or never will. */
        NOTHING,
        STANDING,
        /** It was refused, fenced or taken back before. */
        SETTLED
    }

    private final boolean fenced;
    private final SortedMap<String, Outcome> stored = new TreeMap<>();
    private final SortedMap<String, List<String>> done = new TreeMap<>();

    /**
     * @param fenced whether a compensation that finds nothing leaves a tombstone
     */
    Books(boolean fenced) {
        this.fenced = fenced;
    }

    Books copy() {
        Books copy = new Books(fenced);
        copy.stored.putAll(stored);
        done.forEach((action, entries) -> copy.done.put(action, new ArrayList<>(entries)));
        return copy;
    }

    /** Per identity of an action what was done. */
    Map<String, List<String>> done() {
        return done;
    }

    Map<String, Outcome> stored() {
        return stored;
    }

    Optional<Outcome> stored(String key) {
        return Optional.ofNullable(stored.get(key));
    }

    void store(String key, Outcome outcome) {
        stored.put(key, outcome);
    }

    void act(Command action) {
        note(action.identity(), "action");
    }

    Found find(Command compensation) {
        String action = undone(compensation);
        List<String> entries = done.getOrDefault(action, List.of());
        if (entries.isEmpty() && !stored.containsKey(action)) {
            return Found.NOTHING;
        }
        return entries.equals(List.of("action")) ? Found.STANDING : Found.SETTLED;
    }

    /** Refuses for ever what has not come yet. */
    void fence(Command compensation) {
        if (fenced) {
            String action = undone(compensation);
            stored.put(action, new Outcome.Failed("FENCED", "compensated before"));
            note(action, "tombstone");
        }
    }

    void undo(Command compensation) {
        note(undone(compensation), "undo");
    }

    private static String undone(Command compensation) {
        Execution execution = compensation.execution();
        return compensation.saga()
                + ("/" + compensation.run())
                + ("/" + execution.path())
                + ("/action/" + execution.compensates());
    }

    private void note(String action, String what) {
        done.computeIfAbsent(action, it -> new ArrayList<>()).add(what);
    }
}
