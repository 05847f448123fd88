package io.clew.saga.testkit;

import io.clew.saga.Command;
import io.clew.saga.Direction;
import io.clew.saga.SagaInput;
import io.clew.saga.testkit.Move.Answer;
import io.clew.saga.testkit.Scope.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may happen next in a small world, less what is as good later.
 *
 * <p>While there is a record to take, what is on its way stays there: whether it comes before or
 * after the record is taken makes no difference, since it stands behind it in any case. Timers and
 * owners are not put off. Once the saga has ended, inputs come in one order only: each must be
 * rejected and so changes nothing for the next.
 */
final class Moves {
    /** After so many, things only repeat. */
    static final int MOST = 300;

    /** An owner may die after each of so many commands of one record. */
    private static final int MOST_SENDS = 3;

    private final SmallWorld world;
    private final List<Move> moves = new ArrayList<>();

    private Moves(SmallWorld world) {
        this.world = world;
    }

    static List<Move> of(SmallWorld world) {
        Moves all = new Moves(world);
        if (all.repeats()) {
            return all.moves;
        }
        all.owners();
        if (!world.hasMore() && !world.owners().isFull()) {
            all.messages();
            all.operators();
        }
        all.wake();
        all.timer();
        return all.moves;
    }

    /** What was answered before gets the same answer, whatever else happens first. */
    private boolean repeats() {
        world.commands().stream()
                .filter(it -> world.known(it).isPresent())
                .findFirst()
                .ifPresent(it -> moves.add(new Move.Handle(it, Answer.AS_ASKED)));
        return !moves.isEmpty();
    }

    static boolean isAtRest(List<Move> moves) {
        return moves.stream().noneMatch(Move::isProgress);
    }

    /** What comes of it when all goes on as asked for. */
    static SmallWorld settled(SmallWorld from) {
        SmallWorld world = from;
        for (int i = 0; i < MOST; i++) {
            Optional<Move> next = of(world).stream().filter(Move::isProgress).findFirst();
            if (next.isEmpty()) {
                return world;
            }
            world = world.after(next.get());
        }
        throw new Violation("L1 it comes to rest", "still busy after " + MOST + " moves");
    }

    private void owners() {
        boolean doomed = world.owners().inVain();
        if (doomed) {
            moves.add(new Move.Die(false));
            if (world.allows(Fault.SET_BACK) && world.owners().hasTaken()) {
                moves.add(new Move.Die(true));
            }
        }
        if (!world.hasMore() || world.owners().isFull()) {
            return;
        }
        if (!doomed) {
            moves.add(new Move.Take());
        }
        if (doomed || world.allows(Fault.CRASH)) {
            moves.add(new Move.TakeInVain(-1));
            for (int sends = 0; sends < MOST_SENDS; sends++) {
                moves.add(new Move.TakeInVain(sends));
            }
        }
    }

    private void messages() {
        boolean ended = world.instance().filter(it -> it.phase().ended()).isPresent();
        boolean inVain = ended && !world.owners().inVain();
        for (SagaInput input :
                world.pending().stream().distinct().limit(inVain ? 1 : 99).toList()) {
            moves.add(new Move.Append(input, false));
            if (world.allows(Fault.DUPLICATE)) {
                moves.add(new Move.Append(input, true));
            }
            if (world.allows(Fault.LOSS) && input instanceof SagaInput.Reply) {
                moves.add(new Move.Lose(input));
            }
        }
        for (Command command : world.commands().stream().distinct().toList()) {
            handle(command);
            if (world.allows(Fault.LOSS)) {
                moves.add(new Move.Lose(command));
            }
        }
    }

    private void handle(Command command) {
        moves.add(new Move.Handle(command, Answer.AS_ASKED));
        boolean action = command.execution().direction() == Direction.ACTION;
        boolean refusable =
                action
                        ? world.allows(Fault.REFUSAL)
                        : world.allows(Fault.REFUSED_COMPENSATION) && world.stands(command);
        if (refusable) {
            moves.add(new Move.Handle(command, Answer.REFUSED));
        }
        if (world.allows(Fault.ERROR)) {
            moves.add(new Move.Handle(command, Answer.ERROR));
        }
    }

    private void operators() {
        world.offers().forEach(it -> moves.add(new Move.Offer(it)));
        if (world.mayPause()) {
            moves.add(new Move.Pause());
        }
        if (world.mayResume()) {
            moves.add(new Move.Resume());
        }
    }

    private void wake() {
        if (world.waitsForNoPause() && !world.owners().inVain()) {
            moves.add(new Move.Wake());
        }
    }

    /** Last: whether nothing else is left hangs on all others. */
    private void timer() {
        Optional<SimulatedStore.TimerRow> next = world.owners().nextTimer();
        if (next.isPresent() && isAtRest(moves)) {
            moves.add(new Move.Fire(next.get(), true));
        } else if (next.isPresent() && world.allows(Fault.TIMEOUT)) {
            moves.add(new Move.Fire(next.get(), false));
        }
    }
}
