package io.clew.saga.testkit;

import io.clew.saga.Command;
import io.clew.saga.Pauses;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The owner of a small world's inbox, which commits with each record, and perhaps one whose
 * transaction never will. What they refer to is never changed, only replaced.
 */
final class SmallOwners {
    private final OneRecord.Parts parts;
    private final SagaId saga;
    private MemoryStore committed;
    private int cursor;

    /** What a replay of the inbox gives, and of how much of it. */
    private MemoryStore replayed;

    private int replayedTo;
    private Optional<Doomed> doomed;
    private Set<SimulatedStore.TimerRow> fired;
    private Checks checks;

    /** An owner whose transaction will never commit. */
    private record Doomed(MemoryStore store, int cursor, List<Transition> transitions) {}

    SmallOwners(OneRecord.Parts parts, SagaId saga) {
        this.parts = parts;
        this.saga = saga;
        this.committed = new MemoryStore();
        this.replayed = committed;
        this.doomed = Optional.empty();
        this.fired = Set.of();
        this.checks =
                new Checks(Map.of(parts.scope().definition().ref(), parts.scope().definition()));
    }

    private SmallOwners(SmallOwners other) {
        this.parts = other.parts;
        this.saga = other.saga;
        this.committed = other.committed;
        this.cursor = other.cursor;
        this.replayed = other.replayed;
        this.replayedTo = other.replayedTo;
        this.doomed = other.doomed;
        this.fired = other.fired;
        this.checks = other.checks;
    }

    SmallOwners copy() {
        return new SmallOwners(this);
    }

    /** Takes the next record and commits; the commands that are sent. */
    List<Command> take(SmallLog log) {
        committed = committed.copy();
        OneRecord one = OneRecord.taken(parts, committed, log.at(cursor), luck(1, cursor));
        cursor++;
        checks = checks.copy();
        sent(one.commands());
        publish(log, one.transitions(), committed.pauses());
        armed(one, committed);
        checks.stored(committed, Set.of(saga));
        replay(log);
        return one.commands();
    }

    /** S8: whoever takes what is committed makes the same of it. */
    private void replay(SmallLog log) {
        if (cursor > replayedTo) {
            replayed = replayed.copy();
            RawInput raw = log.at(replayedTo);
            sent(OneRecord.taken(parts, replayed, raw, luck(2, replayedTo)).commands());
            replayedTo++;
        }
        if (!replayed.rows().equals(committed.rows())) {
            throw new Violation(
                    "S8 replay gives the same state",
                    saga,
                    "rows are " + committed.rows() + " and again " + replayed.rows());
        }
        replayed = committed;
    }

    /**
     * An owner takes the next record in vain.
     *
     * @param sends how many commands it sends before it dies; all, and it lives on, if negative
     * @return the commands that are sent
     */
    List<Command> takeInVain(SmallLog log, int sends) {
        Doomed owner = doomed.orElseGet(() -> new Doomed(committed, cursor, List.of()));
        MemoryStore store = owner.store().copy();
        RawInput raw = log.at(owner.cursor());
        OneRecord one = OneRecord.taken(parts, store, raw, luck(3, owner.cursor()));
        int last = sends < 0 ? one.commands().size() : Math.min(sends, one.commands().size());
        List<Command> out = one.commands().subList(0, last);
        checks = checks.copy();
        sent(out);
        List<Transition> open = new ArrayList<>(owner.transitions());
        if (publishesAborted()) {
            open.addAll(one.transitions());
        }
        armed(one, store);
        doomed = Optional.of(new Doomed(store, owner.cursor() + 1, open));
        if (sends >= 0) {
            die(log, 0);
        }
        return out;
    }

    /**
     * The owner whose work is in vain dies, another one goes on.
     *
     * @param setBack how many committed records it takes once more
     */
    void die(SmallLog log, int setBack) {
        Doomed owner = doomed.orElseThrow();
        if (publishesAborted()) {
            checks = checks.copy();
            publish(log, owner.transitions(), owner.store().pauses());
        }
        committed = parts.setup().has(Defect.ZOMBIE_COMMITS) ? owner.store() : committed.copy();
        cursor -= setBack;
        doomed = Optional.empty();
        fired = Set.of();
    }

    private boolean publishesAborted() {
        return parts.setup().has(Defect.ABORTED_TRANSITIONS_PUBLISHED);
    }

    private static long luck(long who, long offset) {
        return who * 1_000_003 + offset;
    }

    private void sent(List<Command> commands) {
        commands.forEach(it -> checks.sent(it, parts.wire().encode(it)));
    }

    private void publish(SmallLog log, List<Transition> transitions, Pauses pauses) {
        for (Transition transition : transitions) {
            checks.committed(transition, log.input(transition.cause().offset()), pauses);
        }
    }

    private void armed(OneRecord one, MemoryStore store) {
        Set<SimulatedStore.TimerRow> left = new HashSet<>(fired);
        left.removeAll(one.armed());
        left.retainAll(store.timers());
        fired = left;
    }

    void fired(SimulatedStore.TimerRow row) {
        fired = new HashSet<>(fired);
        fired.add(row);
    }

    /** A defect: the timer acts on no record of the inbox. */
    List<Command> actAtOnce(SagaInput.TimerFired timer, long now) {
        Position here = new Position("inbox", 0, Math.max(0, cursor - 1L));
        RawInput raw = parts.wire().encode(saga, here, Agenda.instant(now), timer);
        committed = committed.copy();
        checks = checks.copy();
        List<Command> commands = OneRecord.taken(parts, committed, raw, luck(1, cursor)).commands();
        sent(commands);
        return commands;
    }

    MemoryStore committed() {
        return committed;
    }

    Checks checks() {
        return checks;
    }

    Optional<SagaInstance> instance() {
        return committed.instance(saga);
    }

    boolean inVain() {
        return doomed.isPresent();
    }

    /** Whether the transaction that will not commit holds as many records as it may. */
    boolean isFull() {
        return doomed.filter(it -> it.cursor() - cursor >= parts.scope().mostInVain()).isPresent();
    }

    boolean hasMore(SmallLog log) {
        return doomed.map(Doomed::cursor).orElse(cursor) < log.size();
    }

    boolean hasTaken() {
        return cursor > 0;
    }

    /** The first timer row of a live saga that the owner that works now has not seen to. */
    Optional<SimulatedStore.TimerRow> nextTimer() {
        MemoryStore rows = doomed.map(Doomed::store).orElse(committed);
        boolean live = rows.instance(saga).filter(it -> !it.phase().ended()).isPresent();
        return live
                ? rows.timers().stream().filter(it -> !fired.contains(it)).findFirst()
                : Optional.empty();
    }

    /**
     * The number of all that what they do next hangs on. Places in the log count from its end: how
     * long it has become makes no difference.
     *
     * @param mostSetBack how many records may be taken once more
     */
    int number(Numbers numbers, SmallLog log, int mostSetBack) {
        int oldest = Math.max(0, cursor - mostSetBack);
        return numbers.of(
                numbers.of(committed, () -> Essence.of(committed, cursor)),
                doomed.map(it -> numbers.of(it, () -> Essence.of(it.store(), it.cursor())))
                        .orElse(-1),
                doomed.map(it -> it.cursor() - cursor).orElse(-1),
                log.size() - cursor,
                replayedTo - cursor,
                numbers.of(log.from(oldest)),
                numbers.of(fired, () -> fired),
                numbers.of(checks, () -> checks.memory(committed)));
    }
}
