package io.clew.saga.testkit;

import io.clew.saga.DefinitionRef;
import io.clew.saga.PauseRequest;
import io.clew.saga.Pauses;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One simulated partition with its owners, participants and operators, from one seed. */
final class World {
    private static final int MOST_TASKS = 60_000;

    /** Longer than all deadlines, waits and retries one after the other. */
    private static final long PATIENCE = Duration.ofMinutes(45).toMillis();

    private final SimulationSetup setup;
    private final Script script;
    private final Dice dice;
    private final Agenda agenda = new Agenda();
    private final Environment environment;
    private final long faultsUntil;
    private final SimulatedWire wire;
    private final Cast cast;
    private final Map<DefinitionRef, SagaDefinition> definitions =
            new TreeMap<>(Comparator.comparing(DefinitionRef::toString));
    private final List<RawInput> inbox = new ArrayList<>();
    private final Map<Long, SagaInput> inputs = new HashMap<>();
    private final Map<Long, List<Environment.Moment>> moments = new HashMap<>();
    private final Set<StoredRow> rows = new HashSet<>();
    private final Participants participants;
    private final Checks checks;
    private final Encounters encounters;
    private final Trace trace;
    private SimulatedStore committed;
    private int committedCursor;
    private Owner owner;
    private int owners;
    private final List<Owner> zombies = new ArrayList<>();
    private final Turns turns;
    private final Mail mail;

    World(SimulationSetup setup, Script script, long seed, Coverage coverage, Trace trace) {
        this.setup = setup;
        this.script = script;
        this.encounters = new Encounters(coverage, definitions);
        this.trace = trace;
        dice = new Dice(seed);
        faultsUntil = dice.between(40, 150) * 1000L;
        environment = new Environment(dice, script.topics(), faultsUntil);
        wire = setup.wire().get();
        cast = script.cast(dice, environment);
        cast.definitions().forEach(it -> definitions.put(it.ref(), it));
        participants = new Participants(setup, cast, dice);
        checks = new Checks(definitions);
        committed = setup.store().get();
        turns = new Turns(this);
        mail = new Mail(this, participants);
        owner = new Owner(this, "o0", committed.copy(), 0);
    }

    /** Runs to the end; the number of sagas that ran. */
    int run() {
        new Triggers(this).plan();
        agenda.at(faultsUntil, this::crash);
        environment.upgrade().ifPresent(at -> agenda.at(at, this::upgrade));
        rest(faultsUntil + PATIENCE);
        FinalChecks.quiet(committed);
        new Clearing(this).run();
        rest(Long.MAX_VALUE);
        FinalChecks.cleared(committed);
        FinalChecks.books(checks, participants.books());
        script.check(checks, participants);
        FinalChecks.kin(checks);
        new Replay(this).check();
        return checks.stories().size();
    }

    /**
     * Lets everything happen that happens by itself. A parent whose child stands still goes on
     * asking it, and only operators can end that, so they do not wait for ever.
     */
    void rest() {
        rest(agenda.now() + PATIENCE);
    }

    private void rest(long until) {
        if (!agenda.run(MOST_TASKS, until)) {
            throw new Violation("L1 it comes to rest", "still busy at " + agenda.instant());
        }
    }

    /** Whether faults may still happen. */
    boolean faults() {
        return agenda.now() < faultsUntil;
    }

    long faultsUntil() {
        return faultsUntil;
    }

    RawInput append(SagaId saga, SagaInput input) {
        long offset = inbox.size();
        RawInput raw = wire.encode(saga, new Position("inbox", 0, offset), agenda.instant(), input);
        inbox.add(raw);
        inputs.put(offset, input);
        trace.add(saga, () -> agenda.now() + " inbox " + offset + " " + input);
        wakeOwners();
        return raw;
    }

    /** Every partition gets it; here there is one. */
    void append(PauseRequest request) {
        Position position = new Position("inbox", 0, inbox.size());
        inbox.add(wire.encode(position, agenda.instant(), request));
        trace.add("--- " + request, agenda.now());
        wakeOwners();
    }

    private void wakeOwners() {
        turns.wake(owner, dice.between(1, 4));
        zombies.forEach(it -> turns.wake(it, dice.between(1, 20)));
    }

    /** Whether the record is for all sagas; its key is no saga id then. */
    static boolean isForAll(RawInput raw) {
        return raw.key().indexOf(':') < 0;
    }

    /** A timer row of this owner is due. */
    void fire(Owner by, SimulatedStore.TimerRow row) {
        SagaInput.TimerFired fired = new SagaInput.TimerFired(row.dueAt());
        if (row.dueAt().isAfter(agenda.instant())) {
            fault(SimulatedFault.TIMER_EARLY, row.saga());
        }
        if (setup.has(Defect.TIMERS_ACT_AT_ONCE)) {
            long offset = Math.max(0, by.cursor() - 1L);
            Position here = new Position("inbox", 0, offset);
            RawInput raw = wire.encode(row.saga(), here, agenda.instant(), fired);
            by.actAtOnce(raw);
        } else {
            append(row.saga(), fired);
        }
    }

    Mail mail() {
        return mail;
    }

    void commit(Owner by) {
        publish(by.commitTransaction(), by.store().pauses());
        committed = by.store().copy();
        committedCursor = by.cursor();
        Set<SagaId> touched = by.takeTouched();
        checks.stored(committed, touched);
        touched.forEach(it -> rowOf(committed, it).ifPresent(rows::add));
    }

    /** What a saga's row held at its revision. */
    static Optional<StoredRow> rowOf(SimulatedStore store, SagaId saga) {
        return store.instance(saga)
                .map(it -> new StoredRow(saga, it.run(), it.revision(), store.row(saga)));
    }

    /** One row as it was stored. */
    record StoredRow(SagaId saga, long run, long revision, Optional<Object> content) {}

    Set<StoredRow> rows() {
        return rows;
    }

    private void publish(List<Owner.Published> transitions, Pauses pauses) {
        for (Owner.Published published : transitions) {
            Transition transition = published.transition();
            long offset = transition.cause().offset();
            moments.computeIfAbsent(offset, it -> new ArrayList<>()).add(published.moment());
            Optional<SagaInstance> before = checks.folded(transition.saga());
            checks.committed(transition, inputs.get(offset), pauses);
            encounters.applied(before, transition, inputs.get(offset));
        }
    }

    /** The owner is gone, or thought to be; another one starts from what was committed. */
    void crash() {
        replace(faults() && dice.chance(0.5));
    }

    /** A new binary takes over while the old one still runs. */
    private void upgrade() {
        replace(faults());
    }

    private void replace(boolean lingers) {
        Owner old = owner;
        SimulatedFault fault = lingers ? SimulatedFault.ZOMBIE : SimulatedFault.CRASH;
        encounters.fault(fault, old.store().instances().values());
        if (setup.has(Defect.ABORTED_TRANSITIONS_PUBLISHED)) {
            publish(old.commitTransaction(), old.store().pauses());
        }
        long until = old.openSince() + Owner.TRANSACTION_TIMEOUT;
        if (lingers && until > agenda.now()) {
            old.becomesZombie();
            zombies.add(old);
            turns.wake(old, 1);
            agenda.at(dice.between((int) agenda.now(), (int) until), () -> fenced(old));
        } else {
            old.dies();
        }
        trace.add("--- " + (lingers ? "zombie" : "crash"), agenda.now());
        SimulatedStore restored = committed.copy();
        checks.restored(restored);
        owners++;
        owner = new Owner(this, "o" + owners, restored, resetOffset());
        turns.wake(owner, dice.chance(0.8) ? dice.between(1, 500) : dice.between(500, 40_000));
    }

    private void fenced(Owner old) {
        old.dies();
        zombies.remove(old);
        if (setup.has(Defect.ZOMBIE_COMMITS)) {
            committed = old.store().copy();
        }
    }

    /** Seldom offsets are set back a little, though the rows are newer; not across an upgrade. */
    private int resetOffset() {
        int cursor = committedCursor;
        if (cursor == 0 || !dice.chance(0.15) || environment.everBroken()) {
            return cursor;
        }
        long last = Agenda.millis(inbox.get(cursor - 1).timestamp());
        while (cursor > 0
                && Agenda.millis(inbox.get(cursor - 1).timestamp()) > last - 3000
                && known(inbox.get(cursor - 1))
                && dice.chance(0.9)) {
            cursor--;
        }
        encounters.fault(SimulatedFault.OFFSETS_SET_BACK, committed.instances().values());
        return cursor;
    }

    /** A key that is free again must not be read again: the inbox forgets before markers do. */
    private boolean known(RawInput raw) {
        if (isForAll(raw)) {
            return true;
        }
        SagaId saga = new SagaId(raw.key());
        return committed.instance(saga).isPresent() || committed.marker(saga).isPresent();
    }

    void fault(SimulatedFault fault, SagaId saga) {
        encounters.fault(fault, owner.store().instance(saga).stream().toList());
    }

    /** It happens to all sagas. */
    void fault(SimulatedFault fault) {
        encounters.fault(fault, owner.store().instances().values());
    }

    /** Something comes from outside that is no fault. */
    void comes(String what, SagaId saga) {
        encounters.came(what, owner.store().instance(saga).stream().toList());
    }

    /** It comes to all sagas. */
    void comes(String what) {
        encounters.came(what, owner.store().instances().values());
    }

    void trace(Owner by, Transition it) {
        String who = by.isZombie() ? "zombie " : "";
        trace.add(
                it.saga(),
                () ->
                        (agenda.now() + " " + who + it.cause().offset() + " " + it.kind())
                                + (" r" + it.revision() + " ")
                                + it.rejection().map(Object::toString).orElse("" + it.events()));
    }

    Trace trace() {
        return trace;
    }

    SimulationSetup setup() {
        return setup;
    }

    Dice dice() {
        return dice;
    }

    Cast cast() {
        return cast;
    }

    Agenda agenda() {
        return agenda;
    }

    long now() {
        return agenda.now();
    }

    Environment environment() {
        return environment;
    }

    SimulatedWire wire() {
        return wire;
    }

    Map<DefinitionRef, SagaDefinition> definitions() {
        return definitions;
    }

    List<RawInput> inbox() {
        return inbox;
    }

    Map<Long, List<Environment.Moment>> moments() {
        return moments;
    }

    Checks checks() {
        return checks;
    }

    SimulatedStore committed() {
        return committed;
    }

    Owner owner() {
        return owner;
    }
}
