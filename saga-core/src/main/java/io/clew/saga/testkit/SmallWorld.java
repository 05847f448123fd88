package io.clew.saga.testkit;

import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.Direction;
import io.clew.saga.Outcome;
import io.clew.saga.PauseRequest;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaMachine;
import io.clew.saga.testkit.Scope.Fault;
import io.clew.saga.testkit.SimulationSetup.Defect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One state of a {@link SagaModel}: one saga, its owners and participants, and what is on its way.
 * It is never changed: {@link #after} gives another one, which shares with it what stays the same.
 *
 * <p>Time passes only when a timer comes due; all else happens in no time, in every order.
 */
final class SmallWorld {
    private static final int MOST_ROUNDS = 10;

    private final OneRecord.Parts parts;
    private final SagaId saga;
    private final @Nullable History history;
    private final SmallOwners owners;
    private SmallLog log;
    private long now;
    private List<Command> commands = List.of();
    private List<SagaInput> pending;
    private List<SagaInput> offers;
    private Books books;
    private Map<Fault, Integer> faults;
    private int pauseRequests;
    private long wokenAt;

    /** How it came about, the last move first. */
    private record History(Move move, @Nullable History before) {}

    /** Nothing has happened yet, the trigger is on its way. */
    SmallWorld(OneRecord.Parts parts) {
        Scope scope = parts.scope();
        this.parts = parts;
        this.saga = SagaId.of(scope.definition().ref().name(), "k");
        this.history = null;
        this.owners = new SmallOwners(parts, saga);
        this.log = new SmallLog(parts.wire(), List.of());
        this.books = new Books(!parts.setup().has(Defect.PARTICIPANT_WITHOUT_FENCE));
        this.faults = scope.faults();
        this.offers = scope.offers();
        this.pending =
                List.of(
                        new SagaInput.Trigger(
                                scope.definition().ref(),
                                SagaMachine.LOGIC_VERSION,
                                Bytes.utf8("k"),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    private SmallWorld(SmallWorld before, @Nullable History history) {
        this.parts = before.parts;
        this.saga = before.saga;
        this.history = history;
        this.owners = before.owners.copy();
        this.log = before.log;
        this.now = before.now;
        this.commands = before.commands;
        this.pending = before.pending;
        this.offers = before.offers;
        this.books = before.books;
        this.faults = before.faults;
        this.pauseRequests = before.pauseRequests;
        this.wokenAt = before.wokenAt;
    }

    /** What comes of this move; a broken promise is thrown. */
    SmallWorld after(Move move) {
        SmallWorld next = new SmallWorld(this, new History(move, history));
        next.make(move);
        return next;
    }

    private void make(Move move) {
        switch (move) {
            case Move.Append append -> {
                append(append.input());
                if (append.again()) {
                    spend(Fault.DUPLICATE);
                } else {
                    pending = without(pending, append.input());
                }
            }
            case Move.Offer offer -> {
                append(offer.input());
                offers = without(offers, offer.input());
            }
            case Move.Handle handle -> handle(handle);
            case Move.Lose lose -> {
                spend(Fault.LOSS);
                commands = without(commands, lose.message());
                pending = without(pending, lose.message());
            }
            case Move.Take ignored -> send(owners.take(log));
            case Move.TakeInVain take -> {
                if (!owners.inVain()) {
                    spend(Fault.CRASH);
                }
                send(owners.takeInVain(log, take.sends()));
            }
            case Move.Die die -> {
                if (die.setBack()) {
                    spend(Fault.SET_BACK);
                }
                owners.die(log, die.setBack() ? 1 : 0);
            }
            case Move.Fire fire -> fire(fire);
            case Move.Wake ignored -> {
                wokenAt = owners.instance().orElseThrow().revision();
                append(new SagaInput.TimerFired(Agenda.instant(now)));
            }
            case Move.Pause ignored -> pause(true);
            case Move.Resume ignored -> pause(false);
        }
    }

    private void append(SagaInput input) {
        log = log.with(saga, input, now);
    }

    private void pause(boolean pause) {
        String operation = "pause-" + pauseRequests;
        pauseRequests++;
        log =
                log.with(
                        new PauseRequest(
                                operation,
                                parts.scope().pausable().orElseThrow(),
                                pause,
                                "ann",
                                ""),
                        now);
    }

    private void send(List<Command> sent) {
        List<Command> more = new ArrayList<>(commands);
        more.addAll(sent);
        commands = more;
    }

    private void handle(Move.Handle handle) {
        Command command = handle.command();
        books = books.copy();
        Outcome outcome = known(command).orElseGet(() -> answered(command, handle.answer()));
        List<SagaInput> more = new ArrayList<>(pending);
        more.add(
                new SagaInput.Reply(
                        command.run(),
                        command.execution().path(),
                        command.execution().direction(),
                        command.execution().number(),
                        command.attempt(),
                        outcome));
        pending = more;
        commands = without(commands, command);
    }

    /** What the participant has answered to this command before. */
    Optional<Outcome> known(Command command) {
        return books.stored(key(command));
    }

    private String key(Command command) {
        return parts.setup().has(Defect.PARTICIPANT_DEDUPLICATES_ATTEMPTS)
                ? command.id()
                : command.identity();
    }

    private Outcome answered(Command command, Move.Answer answer) {
        boolean action = command.execution().direction() == Direction.ACTION;
        Outcome outcome =
                switch (answer) {
                    case ERROR -> new Outcome.Erred("DOWN", "trouble");
                    case REFUSED ->
                            new Outcome.Failed(action ? parts.scope().code() : "NO_UNDO", "no");
                    case AS_ASKED -> action ? done(command) : undone(command);
                };
        switch (answer) {
            case ERROR -> spend(Fault.ERROR);
            case REFUSED -> spend(action ? Fault.REFUSAL : Fault.REFUSED_COMPENSATION);
            case AS_ASKED -> {}
        }
        boolean kept =
                answer != Move.Answer.ERROR || parts.setup().has(Defect.PARTICIPANT_STORES_ERRORS);
        if (kept) {
            books.store(key(command), outcome);
        }
        return outcome;
    }

    private Outcome done(Command command) {
        books.act(command);
        return new Outcome.Succeeded(Optional.of(Bytes.utf8("by-" + command.execution())));
    }

    private Outcome undone(Command command) {
        switch (books.find(command)) {
            case NOTHING -> books.fence(command);
            case STANDING -> books.undo(command);
            case SETTLED -> {}
        }
        return new Outcome.Succeeded(Optional.empty());
    }

    private void fire(Move.Fire fire) {
        if (!fire.idle()) {
            spend(Fault.TIMEOUT);
        }
        now = Math.max(now, Agenda.millis(fire.row().dueAt()));
        owners.fired(fire.row());
        SagaInput.TimerFired timer = new SagaInput.TimerFired(fire.row().dueAt());
        if (parts.setup().has(Defect.TIMERS_ACT_AT_ONCE)) {
            send(owners.actAtOnce(timer, now));
        } else {
            append(timer);
        }
    }

    private void spend(Fault fault) {
        Map<Fault, Integer> left = new EnumMap<>(Fault.class);
        left.putAll(faults);
        left.merge(fault, -1, Integer::sum);
        faults = left;
    }

    private static <T> List<T> without(List<T> messages, Object one) {
        List<T> less = new ArrayList<>(messages);
        less.remove(one);
        return less;
    }

    /** What holds in every state. */
    void check() {
        FinalChecks.legal(books.done());
    }

    /** What holds where nothing happens any more unless an operator makes it. */
    void checkAtRest() {
        FinalChecks.quiet(owners.committed());
        SmallWorld world = new SmallWorld(this, history);
        world.faults = Map.of();
        world.offers = List.of();
        for (int round = 0; round < MOST_ROUNDS && world.standsStill(); round++) {
            SmallWorld asked = new SmallWorld(world, world.history);
            SagaInstance stuck = world.instance().orElseThrow();
            asked.append(Clearing.asked(parts.scope().definition(), stuck, "clear-" + round));
            world = Moves.settled(asked);
        }
        FinalChecks.cleared(world.owners.committed());
        FinalChecks.books(world.owners.checks(), world.books.done());
    }

    private boolean standsStill() {
        return instance().filter(it -> !it.phase().ended()).isPresent();
    }

    /** The number of all that what may follow, and its checks, hang on. */
    int number(Numbers numbers) {
        return numbers.of(
                owners.number(numbers, log, allows(Fault.SET_BACK) ? 1 : 0),
                numbers.of(List.of(now, pauseRequests, wokenAt)),
                numbers.ofAll(commands),
                numbers.ofAll(pending),
                numbers.of(offers, () -> offers),
                numbers.of(books, () -> List.of(books.stored(), books.done())),
                numbers.of(faults, () -> faults));
    }

    /** How it came about, a move a line. */
    String told() {
        List<String> lines = new ArrayList<>();
        for (History at = history; at != null; at = at.before()) {
            lines.add(0, at.move().toString());
        }
        return String.join("\n", lines);
    }

    Optional<SagaInstance> instance() {
        return owners.instance();
    }

    SmallOwners owners() {
        return owners;
    }

    boolean allows(Fault fault) {
        return faults.getOrDefault(fault, 0) > 0;
    }

    boolean hasMore() {
        return owners.hasMore(log);
    }

    List<Command> commands() {
        return commands;
    }

    List<SagaInput> pending() {
        return pending;
    }

    List<SagaInput> offers() {
        return offers;
    }

    boolean stands(Command compensation) {
        return books.find(compensation) == Books.Found.STANDING;
    }

    boolean waitsForNoPause() {
        return instance()
                .filter(it -> it.revision() != wokenAt)
                .filter(it -> Owner.pauseIsOver(it, owners.committed().pauses()))
                .isPresent();
    }

    boolean mayPause() {
        return parts.scope().pausable().isPresent() && pauseRequests == 0;
    }

    boolean mayResume() {
        return pauseRequests == 1;
    }
}
